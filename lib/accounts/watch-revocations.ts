import { causesOf } from '@/lib/errors';
import { poll } from '@/lib/poll';
import type { Clock } from '@/lib/ports/clock';
import type { Log } from '@/lib/ports/log';

/** Ends streams and other long requests when their sign-in or key is revoked. */
export interface RevocationWatch {
  /** Calls `end` once the sign-in or key with this name is over, on any instance. Returns an unsubscribe function. */
  watch(name: string, end: () => void): () => void;
}

interface Deps {
  /** Which of these are still valid. */
  readonly stillValid: (names: readonly string[], now: Date) => Promise<ReadonlySet<string>>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
}

const POLL_EVERY_MS = 1000;

/** Polls the store once a second for all watched sign-ins and keys, in one query. */
export function watchRevocations({ stillValid, clock, log }: Deps): RevocationWatch {
  const watched = new Map<string, Set<() => void>>();

  const pollOnce = async () => {
    const names = [...watched.keys()];
    try {
      const still = await stillValid(names, clock.now());
      for (const name of names) {
        if (still.has(name)) continue;
        const ends = watched.get(name) ?? [];
        watched.delete(name);
        for (const end of ends) end();
      }
    } catch (cause) {
      log.warn({ event: 'accounts.poll_failed', cause: causesOf(cause) });
    }
  };
  const arrange = poll(clock, () => (watched.size > 0 ? POLL_EVERY_MS : null), pollOnce);

  return {
    watch(name, end) {
      const ends = watched.get(name) ?? new Set();
      watched.set(name, ends.add(end));
      arrange();
      return () => {
        ends.delete(end);
        if (ends.size === 0 && watched.get(name) === ends) watched.delete(name);
        arrange();
      };
    },
  };
}
