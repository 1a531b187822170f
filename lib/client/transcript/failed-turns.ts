import type { PageFailedTurn } from '@/lib/page/session-page';

/** A failed turn with the time, by the clock of this browser, before which trying again is pointless. */
export interface ShownFailedTurn extends PageFailedTurn {
  readonly retryAt?: number | null;
}

/** The server tells how long from `now` on, so that a clock that is wrong does no harm. */
export const withRetryTimes = (
  failed: readonly PageFailedTurn[],
  now: number,
): readonly ShownFailedTurn[] =>
  failed.map((turn) => ({
    ...turn,
    retryAt: turn.retryInMs == null ? null : now + turn.retryInMs,
  }));
