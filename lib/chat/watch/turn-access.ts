import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { LiveChannel } from './live-channel';
import type { LiveTurn, WatchedTurn } from '@/lib/chat/turn/live-turn';
import { sharedTurns } from './shared-turns';
import { remoteTurn } from './remote-turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

interface Deps {
  readonly store: TurnStore;
  readonly channel: LiveChannel | null;
  /** The turns that this process runs. */
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface TurnAccess {
  /** Null when the turn is unknown or belongs to another owner. */
  watch(owner: string, requestId: string): Promise<WatchedTurn | null>;
  /** Asks the turn to stop, on whatever instance it runs. False when it is unknown or belongs to another owner. */
  stop(owner: string, requestId: string): Promise<boolean>;
  /** Stops all turns of a session; without a session, all of this owner's. */
  stopAll(owner: string, sessionId?: string): Promise<void>;
}

/** Watches and stops turns on any instance. */
export function turnAccess({ store, channel, live, clock, log }: Deps): TurnAccess {
  const stop = async (owner: string, requestId: string): Promise<boolean> => {
    const here = live.get(requestId);
    if (!here) return store.requestStop(owner, requestId);
    if (here.owner !== owner) return false;
    here.abort('stopped');
    return true;
  };

  const elsewhere = sharedTurns(clock, async (owner, requestId) => {
    const stored = await store.find(owner, requestId);
    return stored && remoteTurn({ store, channel, clock, log }, stored);
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
