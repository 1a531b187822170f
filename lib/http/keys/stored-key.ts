import 'server-only';
import { hashOfKeyToken, isKeyToken } from '@/lib/accounts/token';
import type { KeyStore } from '@/lib/accounts/keys/key-store';
import { storedKeyHolder, type Principal } from '@/lib/accounts/principal';
import { causesOf, unavailable } from '@/lib/errors';
import { log } from '@/lib/log';

type StoredKeys = Pick<KeyStore, 'find' | 'used'>;
type Open = () => Promise<StoredKeys>;

const PLACE = Symbol.for('ask-next.stored-keys');
/** Next bundles the middleware separately, so it finds the store through `globalThis`. */
const shared = globalThis as { [PLACE]?: Open };

export function shareKeys(open: Open): void {
  shared[PLACE] = open;
}

/** How often a key's last use is written. */
const USED_EVERY_MS = 60_000;

/** Keys whose use is being written. */
const writing = new Set<string>();

/**
 * The holder of a stored key; null for an unknown, revoked or expired one. Nothing is cached, so a key that is revoked
 * anywhere is refused with the next request. Throws `unavailable`.
 */
export async function holderOfStoredKey(authorization: string): Promise<Principal | null> {
  const [, token = ''] = /^Bearer\s+(\S+)\s*$/i.exec(authorization) ?? [];
  if (!isKeyToken(token)) return null;
  const open = shared[PLACE];
  if (!open) throw unavailable('store');
  const keys = await open();
  const now = new Date();
  const found = await keys.find(hashOfKeyToken(token), now);
  if (!found) return null;
  const { id, lastUsedAt } = found;
  const isRecent = lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < USED_EVERY_MS;
  if (!isRecent && !writing.has(id)) void noteUse(keys, id, now);
  return storedKeyHolder(found);
}

/** In the background: no request waits for it. */
async function noteUse(keys: StoredKeys, id: string, now: Date): Promise<void> {
  writing.add(id);
  try {
    await keys.used(id, now);
  } catch (cause) {
    log().warn({ event: 'key.use_failed', cause: causesOf(cause) });
  } finally {
    writing.delete(id);
  }
}
