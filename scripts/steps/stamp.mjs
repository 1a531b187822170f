/** Stamp files hold the hash of a build's inputs. File times are not trusted. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export function hashOf(...contents) {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}

export const isStale = (stamp, value) =>
  !existsSync(stamp) || readFileSync(stamp, 'utf8') !== value;
