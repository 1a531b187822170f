import type { PageFailedTurn } from '@/lib/page/session-page';

/** A failed turn with the earliest useful retry time, in milliseconds since 1970 by this browser's clock. */
export interface ShownFailedTurn extends PageFailedTurn {
  readonly retryAt?: number | null;
}

/** The server sends a duration from `now`, so a wrong clock does no harm. */
export const withRetryTimes = (
  failed: readonly PageFailedTurn[],
  now: number,
): readonly ShownFailedTurn[] =>
  failed.map((turn) => ({
    ...turn,
    retryAt: turn.retryInMs == null ? null : now + turn.retryInMs,
  }));
