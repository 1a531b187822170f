import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import { poll } from '@/lib/poll';
import type { ReplyBatch, TurnStore } from '@/lib/chat/turn/turn-store';
import { heartbeat } from './heartbeat';
import { batchWriter } from './write-text';

/** Leaves a slow disk 350 ms to write before a kill could lose more than the promised 500 ms of a reply. */
const EVERY_MS = 150;
/** A store that takes longer than a round still gets this pause between two. */
const PAUSE_MIN_MS = 50;

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
  /** Stores the end of a turn once a running flush is done: an end deletes the flushed text. */
  end: TurnStore['end'];
} {
  const beat = heartbeat({ store, live, instance, clock });
  let roundAt = 0;
  const ending = new Set<string>();
  let flushing = Promise.resolve();
  const writer = batchWriter({
    store,
    log,
    isLive: (requestId) => live.has(requestId),
    isEnding: (requestId) => ending.has(requestId),
  });

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
      await beat();
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
        if (live.get(result.requestId)?.shared !== false) await flushing;
        return await store.end(result);
      } finally {
        ending.delete(result.requestId);
      }
    },
  };
}
