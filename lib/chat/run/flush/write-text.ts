import { causesOf, failureOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { ReplyBatch, TurnStore } from '@/lib/chat/turn/turn-store';

/** After this many failures a turn's text is no longer flushed. The end of the turn stores all of it. */
const FAULTS_MAX = 5;

interface Deps {
  readonly store: Pick<TurnStore, 'appendEntries'>;
  readonly isLive: (requestId: string) => boolean;
  /** The end of the turn is being stored, with all of its text. */
  readonly isEnding: (requestId: string) => boolean;
  readonly log: Log;
}

/**
 * Writes batches of many turns in one transaction, starting with those that failed last time. A turn that cannot be
 * written does not block the others. Throws when the store is unavailable.
 */
export function batchWriter({ store, isLive, isEnding, log }: Deps): {
  write(batches: readonly ReplyBatch[]): Promise<void>;
} {
  let unwritten: ReplyBatch[] = [];
  /** Failures per turn when its text was written alone. */
  const faults = new Map<string, number>();

  /** Returns whether it is written. Throws when the store is unavailable. */
  const writeAlone = async (requestId: string, own: readonly ReplyBatch[]): Promise<boolean> => {
    try {
      await store.appendEntries(own);
      return true;
    } catch (cause) {
      if (isAway(cause)) throw cause;
      faults.set(requestId, (faults.get(requestId) ?? 0) + 1);
      log.warn({ event: 'turn.flush_failed', request_id: requestId, cause: causesOf(cause) });
      return false;
    }
  };

  const writeOneByOne = async (due: readonly ReplyBatch[]) => {
    const left = Map.groupBy(due, (batch) => batch.requestId);
    try {
      for (const [requestId, own] of left)
        if (await writeAlone(requestId, own)) left.delete(requestId);
    } finally {
      unwritten.push(...[...left.values()].flat());
    }
  };

  return {
    async write(batches) {
      for (const requestId of faults.keys()) if (!isLive(requestId)) faults.delete(requestId);
      const wanted = [...unwritten, ...batches].filter(
        ({ requestId }) => isLive(requestId) && (faults.get(requestId) ?? 0) < FAULTS_MAX,
      );
      unwritten = wanted.filter(({ requestId }) => isEnding(requestId));
      const due = wanted.filter(({ requestId }) => !isEnding(requestId));
      if (due.length === 0) return;
      try {
        await store.appendEntries(due);
      } catch (cause) {
        if (isAway(cause)) {
          unwritten = wanted;
          throw cause;
        }
        await writeOneByOne(due);
      }
    },
  };
}

const isAway = (cause: unknown): boolean => failureOf(cause).kind === 'unavailable';
