/** Whether something must be done again: a stamp holds the hash of what it was made from. Never trusts file times. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export function hashOf(...contents) {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}

export const isStale = (stamp, value) =>
  !existsSync(stamp) || readFileSync(stamp, 'utf8') !== value;
