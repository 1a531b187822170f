import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/log-port';

/** The watchers of a turn. One that throws harms neither the turn nor the others. */
export interface Watchers {
  size(): number;
  tell(): void;
  clear(): void;
  /** Returns an unsubscribe function; `emptied` is called when the last watcher has left. */
  add(changed: () => void, emptied: () => void): () => void;
}

/** `onFault` is told what a watcher threw; that watcher is told nothing more. */
export function watchersOf(onFault: (cause: unknown) => void): Watchers {
  /** Each with what is called when it was the last one. */
  const all = new Map<() => void, () => void>();

  const remove = (changed: () => void) => {
    const emptied = all.get(changed);
    if (all.delete(changed) && all.size === 0) emptied?.();
  };

  return {
    size: () => all.size,
    clear: () => {
      all.clear();
    },
    tell() {
      for (const changed of all.keys()) {
        try {
          changed();
        } catch (cause) {
          remove(changed);
          onFault(cause);
        }
      }
    },
    add(changed, emptied) {
      all.set(changed, emptied);
      return () => {
        remove(changed);
      };
    },
  };
}

/** For `onFault`: writes what a watcher of this turn threw to the log. */
export const logWatcherFault = (log: Log, requestId: string) => (cause: unknown) => {
  log.error({ event: 'turn.watcher_failed', request_id: requestId, cause: causesOf(cause) });
};
