import type { Principal } from '@/lib/accounts/principal';

const KEY_FEED_MS = 60_000;

/** How long a change feed may last; null: no limit. One of a stored key ends soon, since the key may be revoked meanwhile. */
export const feedMaxMs = (
  { keyId }: Pick<Principal, 'keyId'>,
  streamMaxMs: number | null,
): number | null =>
  keyId === undefined ? streamMaxMs : Math.min(KEY_FEED_MS, streamMaxMs ?? KEY_FEED_MS);
