import type { SignInStore } from '@/lib/accounts/account-store';
import { causesOf } from '@/lib/errors';
import { poll } from '@/lib/poll';
import type { Clock } from '@/lib/ports/clock';
import type { Log } from '@/lib/ports/log';

/** What lasts longer than a request, such as a stream, ends when its browser is signed out. */
export interface SignInWatch {
  /** Calls `end` once the sign-in with this token's hash is over, on any instance. Returns an unsubscribe function. */
  watch(tokenHash: string, end: () => void): () => void;
}

interface Deps {
  readonly store: Pick<SignInStore, 'stillSignedIn'>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
}

const POLL_EVERY_MS = 1000;

/** Polls the store once a second for all watched sign-ins, in one query. */
export function watchSignIns({ store, clock, log }: Deps): SignInWatch {
  const watched = new Map<string, Set<() => void>>();

  const pollOnce = async () => {
    const hashes = [...watched.keys()];
    try {
      const still = await store.stillSignedIn(hashes, clock.now());
      for (const hash of hashes) {
        if (still.has(hash)) continue;
        const ends = watched.get(hash) ?? [];
        watched.delete(hash);
        for (const end of ends) end();
      }
    } catch (cause) {
      log.warn({ event: 'accounts.poll_failed', cause: causesOf(cause) });
    }
  };
  const arrange = poll(clock, () => (watched.size > 0 ? POLL_EVERY_MS : null), pollOnce);

  return {
    watch(tokenHash, end) {
      const ends = watched.get(tokenHash) ?? new Set();
      watched.set(tokenHash, ends.add(end));
      arrange();
      return () => {
        ends.delete(end);
        if (ends.size === 0 && watched.get(tokenHash) === ends) watched.delete(tokenHash);
        arrange();
      };
    },
  };
}
