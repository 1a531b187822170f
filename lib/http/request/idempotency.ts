import { createHash } from 'node:crypto';
import type { Idempotency } from '@/lib/chat/turn/turn-store';
import { invalidFields } from '@/lib/errors';
import { fields } from '@/lib/texts/api-fields';

/**
 * The `Idempotency-Key` with a hash of the input; null without the header. Throws `invalid` for a malformed key.
 * Both chat routes hash the parsed input, so that a client can retry a broken stream on the plain route.
 */
export function idempotencyOf(request: Request, input: object): Idempotency | null {
  const key = request.headers.get('idempotency-key');
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const msg = fields.idempotencyKey;
    throw invalidFields([{ loc: ['Idempotency-Key'], msg, type: 'header' }]);
  }
  const bodyHash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  return { key, bodyHash };
}

/** A deterministic id per owner and key: a client that lost the response retries and gets the same session. */
export function idOfKey(owner: string, key: string): string {
  const hex = createHash('sha256').update(`${owner}\n${key}`).digest('hex');
  // A UUID of version 8, for custom formats (RFC 9562).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
