import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { LiveChannel } from './live-channel';
import type { LiveTurn, WatchedTurn } from '@/lib/chat/turn/live-turn';
import { sharedTurns } from './shared-turns';
import { storedTurn } from './remote-turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

interface Deps {
  readonly store: TurnStore;
  readonly channel: LiveChannel | null;
  /** The turns that this process runs. */
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface TurnReach {
  /** Null when it is not this owner's or not known. */
  watch(owner: string, requestId: string): Promise<WatchedTurn | null>;
  /** Asks it to stop, wherever it runs. False when it is not this owner's or not known. */
  stop(owner: string, requestId: string): Promise<boolean>;
  /** Stops what runs in a session; without one, all that this owner runs. */
  stopAll(owner: string, sessionId?: string): Promise<void>;
}

/** Watching and stopping a turn, on whatever instance it runs. */
export function reachTurns({ store, channel, live, clock, log }: Deps): TurnReach {
  const stop = async (owner: string, requestId: string): Promise<boolean> => {
    const here = live.get(requestId);
    if (!here) return store.askStop(owner, requestId);
    if (here.owner !== owner) return false;
    here.abort('stopped');
    return true;
  };

  const elsewhere = sharedTurns(clock, async (owner, requestId) => {
    const stored = await store.find(owner, requestId);
    return stored && storedTurn({ store, channel, clock, log }, stored);
  });

  return {
    stop,
    async watch(owner, requestId) {
      const here = live.get(requestId);
      if (here) return here.owner === owner ? here : null;
      return elsewhere(owner, requestId);
    },
    async stopAll(owner, sessionId) {
      const ids = await store.runningIn(owner, sessionId);
      await Promise.all(ids.map((id) => stop(owner, id)));
    },
  };
}
