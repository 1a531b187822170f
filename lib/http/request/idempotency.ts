import { createHash } from 'node:crypto';
import type { Idempotency } from '@/lib/chat/turn/turn-store';
import { invalidFields } from '@/lib/errors';
import { fields } from '@/lib/texts/api-fields';

/**
 * The `Idempotency-Key` of a send with a hash of what it asks for; null without the header.
 * Both chat routes hash the parsed input, so that the plain request can stand in for a broken stream.
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

/** The same id for the same key of an owner: whoever lost the answer asks again, and finds what was made. */
export function idOfKey(owner: string, key: string): string {
  const hex = createHash('sha256').update(`${owner}\n${key}`).digest('hex');
  // A UUID of version 8, whose bits are anybody's own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
