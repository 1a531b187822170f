import type { TurnEnd } from '@/lib/chat/turn/events';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';

/** Resolves with the end of a turn. Unsubscribes and rejects with its reason when `signal` aborts. */
export function waitForEnd(turn: WatchedTurn, signal: AbortSignal): Promise<TurnEnd> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const end = turn.end();
      if (!end) return;
      unsubscribe();
      signal.removeEventListener('abort', giveUp);
      resolve(end);
    };
    const giveUp = () => {
      unsubscribe();
      reject(signal.reason as Error);
    };
    const unsubscribe = turn.watch(check);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    check();
  });
}
