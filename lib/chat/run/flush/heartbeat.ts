import type { Clock } from '@/lib/ports/clock';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

/** The heartbeat is renewed, and stops requested through other instances are seen, at this interval. */
const EVERY_MS = 450;
/** The previous release ends a turn whose own heartbeat has not changed for 15 seconds. */
const RENEW_TURNS_EVERY_MS = 5000;
/** How long the upstream of a turn that another instance ended is still read. */
const DRAIN_MS = 150;

interface Deps {
  readonly store: Pick<TurnStore, 'heartbeat' | 'renewTurns'>;
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly instance: string;
  readonly clock: Clock;
}

/** Returns a function to call after each flush: it sends a heartbeat when one is due, and applies the response. */
export function heartbeat({ store, live, instance, clock }: Deps): () => Promise<void> {
  let lastBeat = -Infinity;
  let lastRenewal = -Infinity;

  const beat = async (requestIds: readonly string[], now: Date) => {
    const { stopRequested, ended, watched } = await store.heartbeat({ instance, requestIds, now });
    for (const id of stopRequested) live.get(id)?.abort('stopped');
    for (const { requestId, until } of watched) live.get(requestId)?.watchedElsewhere(until);
    // Another instance ended these turns while this process was suspended. Abort them, so that they cost no more
    // tokens, but first drain what the sockets already hold.
    for (const id of ended) clock.after(DRAIN_MS, () => live.get(id)?.abort('interrupted'));
  };

  const renew = async (requestIds: readonly string[], now: Date) => {
    if (clock.ticks() - lastRenewal < RENEW_TURNS_EVERY_MS) return;
    await store.renewTurns(requestIds, now);
    lastRenewal = clock.ticks();
  };

  return async () => {
    if (clock.ticks() - lastBeat < EVERY_MS || live.size === 0) return;
    lastBeat = clock.ticks();
    const requestIds = [...live.keys()];
    const now = clock.now();
    try {
      await beat(requestIds, now);
    } finally {
      // Also after a failure: this is a sign of life of its own.
      await renew(requestIds, now);
    }
  };
}
