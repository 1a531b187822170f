import { AppError, type UpstreamReason } from '@/lib/errors';
import { onFirstEvent } from '@/lib/llm/request/first-event';
import type { Model } from '@/lib/ports/model';

const ATTEMPTS = 3;
const BASE_MS = 500;
/** No retry if Retry-After is longer: the user sees the error and decides. */
const PAUSE_MAX_MS = 10_000;

/** How long to retry an unavailable server, which may be restarting. */
const AWAY_MS = 20_000;
/** The pause between these retries. */
const WAIT_PAUSE_MIN_MS = 250;
const WAIT_PAUSE_MAX_MS = 3000;

/** Not `timeout`: the upstream may still generate the reply, and a retry would cost twice. */
const RETRIED: ReadonlySet<UpstreamReason> = new Set(['unreachable', 'limited', 'failing']);

export interface Retry {
  readonly requestId: string;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly error: AppError;
}

interface Deps {
  /** From 0 to 1, exclusive. */
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly ticks: () => number;
  /** How long a server may take to load its model. */
  readonly loadingMs: number;
  readonly onRetry?: (retry: Retry) => void;
}

/**
 * Retries a failed request to the model's server, until the first text or reasoning: up to three attempts with
 * exponential backoff and full jitter; a server that is loading or unavailable for longer.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function withRetries(model: Model, deps: Deps): Model {
  return {
    async stream(request) {
      // Generated text was paid for, even if none of it is shown yet.
      let begun = false;
      const watched = onFirstEvent(request, () => {
        begun = true;
      });
      const pauseAfter = pauses(deps);
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await model.stream(watched);
        } catch (thrown) {
          const pause = begun ? null : pauseAfter(thrown);
          if (pause === null) throw thrown;
          if (thrown instanceof AppError)
            deps.onRetry?.({ requestId: request.requestId, attempt, error: thrown });
          request.onRefused?.();
          await deps.sleep(pause, request.signal);
        }
      }
    },
  };
}

/** Milliseconds before the next attempt of one request; null: do not retry. */
function pauses({ random, ticks, loadingMs }: Deps): (thrown: unknown) => number | null {
  const startedAt = ticks();
  const waits = new Map<UpstreamReason, number>([
    ['loading', loadingMs],
    ['away', Math.min(AWAY_MS, loadingMs)],
  ]);
  let failures = 0;
  let polls = 0;
  return (thrown) => {
    if (!(thrown instanceof AppError) || thrown.failure.kind !== 'upstream') return null;
    const { reason, retryAfterSeconds } = thrown.failure;
    const retryAfterMs = (retryAfterSeconds ?? 0) * 1000;
    if (retryAfterMs > PAUSE_MAX_MS) return null;
    const waitMs = waits.get(reason);
    if (waitMs !== undefined) {
      polls += 1;
      const longest = Math.min(WAIT_PAUSE_MAX_MS, BASE_MS * 2 ** polls);
      const pause =
        retryAfterSeconds === undefined
          ? (longest * (1 + random())) / 2
          : Math.max(retryAfterMs, WAIT_PAUSE_MIN_MS);
      return ticks() + pause > startedAt + waitMs ? null : pause;
    }
    failures += 1;
    if (!RETRIED.has(reason) || failures === ATTEMPTS) return null;
    const pause = Math.max(retryAfterMs, random() * BASE_MS * 2 ** failures);
    return pause > PAUSE_MAX_MS ? null : pause;
  };
}
