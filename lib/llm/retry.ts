import { AppError, type UpstreamReason } from '@/lib/errors';
import type { Model } from './port';

const ATTEMPTS = 3;
const BASE_MS = 500;
/** An upstream that asks for a longer pause gets none: the person is told to try again. */
const PAUSE_MAX_MS = 10_000;

/** Not `timeout`: the upstream may be at work on the answer, and would be paid for it twice. */
const RETRIED: ReadonlySet<UpstreamReason> = new Set(['unreachable', 'limited', 'failing']);

export interface Retry {
  readonly requestId: string;
  /** The one that failed. */
  readonly attempt: number;
  readonly error: AppError;
}

interface Deps {
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onRetry?: (retry: Retry) => void;
}

/**
 * Asks up to three times, with exponential pauses and full jitter, as long as no text has come.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function withRetries(model: Model, { random, sleep, onRetry }: Deps): Model {
  return {
    async stream(request) {
      let spoke = false;
      const watched = {
        ...request,
        onText: (text: string) => {
          spoke = true;
          return request.onText(text);
        },
      };
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await model.stream(watched);
        } catch (thrown) {
          const pause =
            spoke || attempt === ATTEMPTS ? null : pauseAfter(thrown, attempt, random());
          if (pause === null) throw thrown;
          if (thrown instanceof AppError)
            onRetry?.({ requestId: request.requestId, attempt, error: thrown });
          await sleep(pause, request.signal);
        }
      }
    },
  };
}

/** Milliseconds to wait before the next attempt; null when another one is of no use. */
function pauseAfter(thrown: unknown, attempt: number, random: number): number | null {
  if (!(thrown instanceof AppError) || thrown.failure.kind !== 'upstream') return null;
  const { reason, retryAfterSeconds } = thrown.failure;
  if (!RETRIED.has(reason)) return null;
  const jittered = random * BASE_MS * 2 ** attempt;
  const pause = Math.max((retryAfterSeconds ?? 0) * 1000, jittered);
  return pause > PAUSE_MAX_MS ? null : pause;
}
