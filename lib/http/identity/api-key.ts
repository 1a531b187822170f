import { createHash, timingSafeEqual } from 'node:crypto';
import type { Env } from '@/lib/env';

/** Prefix of an owner that is the name of an API key. */
export const KEY_OWNER = 'key:';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The owner of the API key in an Authorization header; null if the key is unknown. Runs in constant time. */
export function ownerOfKey(authorization: string, keys: Env['API_KEYS']): string | null {
  const given = digest(/^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? '');
  let owner: string | null = null;
  for (const { name, key } of keys) {
    if (timingSafeEqual(given, digest(key))) owner = KEY_OWNER + name;
  }
  return owner;
}
