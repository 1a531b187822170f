import { causesOf, failureOf } from '@/lib/errors';
import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { LiveTurn } from './live-turn';
import type { TextBatch, TurnStore } from './turn-store';

const EVERY_MS = 250;
/** Text and heartbeats are written, and stops asked for elsewhere are seen, at least this often. */
const BEAT_EVERY_MS = 450;

/** Text that could not be written so often is left to the end of its turn. */
const FAULTS_MAX = 5;

interface Deps {
  readonly store: Pick<TurnStore, 'appendText' | 'beat'>;
  readonly live: ReadonlyMap<string, LiveTurn>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes the new text of all running turns in one transaction per round, so that a token costs no write of its own.
 * `wake` starts the rounds; they end by themselves when no turn runs.
 */
export function textPersister({ store, live, clock, log }: Deps): { wake(): void } {
  let awake = false;
  let lastBeat = -Infinity;
  /** What failed writes left over; it goes first in the next round. */
  let unwritten: TextBatch[] = [];
  /** How often the text of a turn could not be written on its own. */
  const faults = new Map<string, number>();

  const warn = (event: string, cause: unknown, requestId?: string) => {
    log.warn({ event, request_id: requestId, cause: causesOf(cause) });
  };

  const beat = async () => {
    const { stopAsked, ended, watched } = await store.beat([...live.keys()], clock.now());
    for (const id of stopAsked) live.get(id)?.abort('stopped');
    for (const { requestId, until } of watched) live.get(requestId)?.watchedElsewhere(until);
    // This process slept and was taken for dead: nobody waits for more of these, so it shall not be paid for. What came
    // in its sleep is read first.
    for (const id of ended) clock.after(EVERY_MS, () => live.get(id)?.abort('interrupted'));
  };

  const takeBatches = (): TextBatch[] => {
    const batches = unwritten.filter(({ requestId }) => live.has(requestId));
    unwritten = [];
    for (const turn of live.values()) {
      const piece = turn.shared ? turn.takeBatch() : null;
      if (piece) batches.push({ requestId: turn.requestId, ...piece });
    }
    return batches.filter(({ requestId }) => (faults.get(requestId) ?? 0) < FAULTS_MAX);
  };

  /** One turn that cannot be written must not keep the others from it. Its end has the whole text once more. */
  const writeEach = async (batches: readonly TextBatch[]) => {
    for (const [requestId, own] of Map.groupBy(batches, (batch) => batch.requestId)) {
      try {
        await store.appendText(own, clock.now());
      } catch (cause) {
        unwritten.push(...own);
        if (!isAway(cause)) faults.set(requestId, (faults.get(requestId) ?? 0) + 1);
        warn('turn.text_not_written', cause, requestId);
      }
    }
  };

  const write = async (batches: TextBatch[]) => {
    if (batches.length === 0) return;
    try {
      await store.appendText(batches, clock.now());
    } catch (cause) {
      if (!isAway(cause)) return writeEach(batches);
      unwritten = batches;
      throw cause;
    }
  };

  const round = async () => {
    for (const requestId of faults.keys()) if (!live.has(requestId)) faults.delete(requestId);
    try {
      await write(takeBatches());
      if (clock.ticks() - lastBeat < BEAT_EVERY_MS || live.size === 0) return;
      lastBeat = clock.ticks();
      await beat();
    } catch (cause) {
      warn('turn.text_not_written', cause);
    }
  };

  const next = () => {
    void round().then(() => {
      awake = live.size > 0;
      if (awake) clock.after(EVERY_MS, next);
    });
  };

  return {
    wake() {
      if (awake) return;
      awake = true;
      clock.after(EVERY_MS, next);
    },
  };
}

const isAway = (cause: unknown): boolean => failureOf(cause).kind === 'unavailable';
