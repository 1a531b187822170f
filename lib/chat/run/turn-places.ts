import { failureOf } from '@/lib/errors';
import type { BegunTurn, TurnStore } from '@/lib/chat/turn/turn-store';

/**
 * A store through which at most `max` turns of this process run at a time. One that would be more is marked as such
 * and refused by the store, unless it joins another.
 */
export function turnPlaces<Store extends TurnStore>(store: Store, max: number): Store {
  /** The turns that begin, as a symbol each, and by their request ids those that run. */
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
      const leave = () => taken.delete(result.requestId);
      try {
        const end = await store.end(result);
        leave();
        return end;
      } catch (thrown) {
        // A store that is away is asked again, and the turn runs until then; any other fault may be its last.
        if (failureOf(thrown).kind !== 'unavailable') leave();
        throw thrown;
      }
    },
  };
}
