import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { LiveTurn, WatchedTurn } from './live-turn';
import { storedTurn } from './stored-turn';
import type { TurnStore } from './turn-store';

interface Deps {
  readonly store: TurnStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** What can be done with turns that have begun, wherever they run. */
export interface KnownTurns {
  /** Null when it is not this owner's or not known. */
  watch(owner: string, requestId: string): Promise<WatchedTurn | null>;
  /** Asks it to stop, wherever it runs. False when it is not this owner's or not known. */
  stop(owner: string, requestId: string): Promise<boolean>;
  /** Stops what runs in a session, before the session is deleted. */
  stopAll(owner: string, sessionId: string): Promise<void>;
  runsHere(requestId: string): boolean;
}

/** `live`: the turns that this process runs. */
export function knownTurns(
  { store, clock, log }: Deps,
  live: ReadonlyMap<string, LiveTurn>,
): KnownTurns {
  const stop = async (owner: string, requestId: string): Promise<boolean> => {
    const here = live.get(requestId);
    if (!here) return store.askStop(owner, requestId);
    if (here.owner !== owner) return false;
    here.abort('stopped');
    return true;
  };

  return {
    stop,
    runsHere: (requestId) => live.has(requestId),
    async watch(owner, requestId) {
      const here = live.get(requestId);
      if (here) return here.owner === owner ? here : null;
      const stored = await store.find(owner, requestId);
      return stored && storedTurn({ store, clock, log }, stored);
    },
    async stopAll(owner, sessionId) {
      const ids = await store.runningIn(owner, sessionId);
      await Promise.all(ids.map((id) => stop(owner, id)));
    },
  };
}
