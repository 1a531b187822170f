import { createHash, timingSafeEqual } from 'node:crypto';
import { keyHolder, type Principal } from '@/lib/accounts/principal';
import type { Env } from '@/lib/env';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The holder of the API key in an Authorization header; null if the key is unknown. Runs in constant time. */
export function holderOfKey(authorization: string, keys: Env['API_KEYS']): Principal | null {
  const hash = digest(/^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? '');
  let holder: string | null = null;
  for (const { name, key } of keys) {
    if (timingSafeEqual(hash, digest(key))) holder = name;
  }
  return holder === null ? null : keyHolder(holder);
}
