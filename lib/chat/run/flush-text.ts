import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import { poll } from '@/lib/poll';
import type { ReplyBatch, TurnStore } from '@/lib/chat/turn/turn-store';
import { batchWriter } from './write-text';

/** Leaves a slow disk 350 ms to write before a kill could lose more than the promised 500 ms of a reply. */
const EVERY_MS = 150;
/** A store that takes longer than a round still gets this pause between two. */
const PAUSE_MIN_MS = 50;
/** The heartbeat is renewed, and stops requested through other instances are seen, at this interval. */
const HEARTBEAT_EVERY_MS = 450;
/** The release before ends a turn whose own heartbeat is the same for 15 seconds. */
const RENEW_TURNS_EVERY_MS = 5000;

interface Deps {
  readonly store: Pick<TurnStore, 'appendEntries' | 'heartbeat' | 'renewTurns' | 'end'>;
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly instance: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Flushes the new text of all running turns in one transaction per round, so that a token costs no write of its own.
 * Rounds start on demand and stop when no turn runs.
 */
export function textFlusher({ store, live, instance, clock, log }: Deps): {
  start(): void;
  /** Stores the end of a turn, after what is being flushed of it: an end deletes what was flushed. */
  end: TurnStore['end'];
} {
  let lastHeartbeat = -Infinity;
  let lastRenewal = -Infinity;
  let roundAt = 0;
  const ending = new Set<string>();
  let flushing = Promise.resolve();
  const writer = batchWriter({
    store,
    log,
    isLive: (requestId) => live.has(requestId),
    isEnding: (requestId) => ending.has(requestId),
  });

  const heartbeat = async () => {
    const requestIds = [...live.keys()];
    const now = clock.now();
    const { stopRequested, ended, watched } = await store.heartbeat({ instance, requestIds, now });
    for (const id of stopRequested) live.get(id)?.abort('stopped');
    for (const { requestId, until } of watched) live.get(requestId)?.watchedElsewhere(until);
    // Another instance ended these turns while this process was suspended. Abort them, so that they cost no more
    // tokens, but first drain what the sockets already hold.
    for (const id of ended) clock.after(EVERY_MS, () => live.get(id)?.abort('interrupted'));
    if (clock.ticks() - lastRenewal < RENEW_TURNS_EVERY_MS) return;
    await store.renewTurns(requestIds, now);
    lastRenewal = clock.ticks();
  };

  const round = async () => {
    roundAt = clock.ticks();
    try {
      const batches: ReplyBatch[] = [];
      for (const turn of live.values()) {
        const isFlushed = turn.shared && !ending.has(turn.requestId);
        const piece = isFlushed ? turn.takeBatch() : null;
        if (!piece) continue;
        batches.push({ requestId: turn.requestId, ...piece, prompt: turn.takePrompt() });
      }
      const writing = writer.write(batches);
      flushing = writing.catch(() => undefined);
      await writing;
      if (clock.ticks() - lastHeartbeat < HEARTBEAT_EVERY_MS || live.size === 0) return;
      lastHeartbeat = clock.ticks();
      await heartbeat();
    } catch (cause) {
      log.warn({ event: 'turn.flush_failed', cause: causesOf(cause) });
    }
  };

  // From the start of a round to the next, so that a slow disk does not add to what a kill may lose.
  const wait = () =>
    live.size > 0 ? Math.max(PAUSE_MIN_MS, roundAt + EVERY_MS - clock.ticks()) : null;
  const arrange = poll(clock, wait, round);

  return {
    start() {
      if (live.size === 1) roundAt = clock.ticks();
      arrange();
    },
    async end(result) {
      ending.add(result.requestId);
      try {
        await flushing;
        return await store.end(result);
      } finally {
        ending.delete(result.requestId);
      }
    },
  };
}
