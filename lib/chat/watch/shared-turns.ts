import type { Clock } from '@/lib/ports/clock';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';

/** How long an opened turn may wait for its first watcher. */
const FIRST_WATCHER_MS = 1000;

type Open = (owner: string, requestId: string) => Promise<WatchedTurn | null>;

/** Opens a turn once for all its watchers, so that ten of them poll the store no more often than one. */
export function sharedTurns(clock: Pick<Clock, 'after'>, open: Open): Open {
  const opened = new Map<string, Promise<WatchedTurn | null>>();

  return (owner, requestId) => {
    const key = JSON.stringify([owner, requestId]);
    const existing = opened.get(key);
    if (existing) return existing;

    let watchers = 0;
    const dropUnwatched = () => {
      if (watchers === 0 && opened.get(key) === opening) opened.delete(key);
    };
    const opening = open(owner, requestId)
      .then((turn) => turn && counted(turn))
      .finally(() => clock.after(FIRST_WATCHER_MS, dropUnwatched));
    opened.set(key, opening);

    const counted = (turn: WatchedTurn): WatchedTurn => ({
      ...turn,
      watch(changed) {
        const unsubscribe = turn.watch(changed);
        watchers += 1;
        let left = false;
        return () => {
          if (left) return;
          left = true;
          unsubscribe();
          watchers -= 1;
          dropUnwatched();
        };
      },
    });
    return opening;
  };
}
