import { createHash, timingSafeEqual } from 'node:crypto';
import type { Env } from '@/lib/env';

/** Before the name of a key, which is an owner. */
export const KEY_OWNER = 'key:';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The owner whose key an Authorization header holds; null for any other key. Takes the same time for all of them. */
export function ownerOfKey(authorization: string, keys: Env['API_KEYS']): string | null {
  const given = digest(/^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? '');
  let owner: string | null = null;
  for (const { name, key } of keys) {
    if (timingSafeEqual(given, digest(key))) owner = KEY_OWNER + name;
  }
  return owner;
}
