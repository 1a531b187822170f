import { failureOf } from '@/lib/errors';
import type { BegunTurn, TurnStore } from '@/lib/chat/turn/turn-store';

/**
 * Wraps a store so that this process runs at most `max` turns at a time. The store refuses a turn above that limit,
 * unless the turn joins a running one.
 */
export function turnSlots<Store extends TurnStore>(store: Store, max: number): Store {
  /** Holds a symbol for each turn that is starting, and the request id of each running turn. */
  const taken = new Set<unknown>();

  const place = async (
    requestId: string,
    begin: (full: boolean) => Promise<BegunTurn>,
  ): Promise<BegunTurn> => {
    if (taken.size >= max) return begin(true);
    const beginning = Symbol('a turn that begins');
    taken.add(beginning);
    try {
      const begun = await begin(false);
      if (begun.kind === 'started') taken.add(requestId);
      return begun;
    } finally {
      taken.delete(beginning);
    }
  };

  return {
    ...store,
    begin: (turn) => place(turn.requestId, (full) => store.begin({ ...turn, full })),
    continue: (turn) => place(turn.requestId, (full) => store.continue({ ...turn, full })),
    async end(result) {
      const release = () => taken.delete(result.requestId);
      try {
        const end = await store.end(result);
        release();
        return end;
      } catch (thrown) {
        // While the store is unavailable the caller retries, and the turn still runs. After another error it may not.
        if (failureOf(thrown).kind !== 'unavailable') release();
        throw thrown;
      }
    },
  };
}
