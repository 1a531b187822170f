import { AppError, type UpstreamReason } from '@/lib/errors';
import { onFirstEvent } from '@/lib/llm/request/first-event';
import type { Model } from '@/lib/ports/model';

interface Options {
  /** Consecutive failures that open it. */
  readonly threshold: number;
  readonly cooldownMs: number;
  readonly ticks: () => number;
  readonly onOpen: () => void;
  readonly onClose?: () => void;
}

/**
 * A circuit breaker: after failures in a row it rejects requests at once as `unavailable` for a while, instead of
 * letting each user wait. After the cooldown one request is let through as a trial; it closes the breaker or opens it again.
 */
export function withBreaker(model: Model, options: Options): Model {
  const circuit = circuitOf(options);
  return {
    async stream(request) {
      let isTrial = circuit.allowRequest();
      // The first text or reasoning shows that the upstream is back; a long reply need not end for that.
      const passTrial = () => {
        if (isTrial) circuit.close();
        isTrial = false;
      };
      try {
        const answer = await model.stream(onFirstEvent(request, passTrial));
        passTrial();
        circuit.succeed();
        return answer;
      } catch (thrown) {
        const reason = upstreamReason(thrown);
        if (reason !== null && DOWN.has(reason)) circuit.fail(isTrial);
        else if (reason !== null) passTrial();
        else if (isTrial) circuit.tryAgain();
        throw thrown;
      }
    },
  };
}

function circuitOf({ threshold, cooldownMs, ticks, onOpen, onClose }: Options) {
  let state: 'closed' | 'open' | 'half-open' = 'closed';
  let openedAt = 0;
  let failures = 0;
  return {
    /** True for a trial. Throws `unavailable` while the upstream is in cooldown. */
    allowRequest(): boolean {
      if (state === 'closed') return false;
      const leftMs = openedAt + cooldownMs - ticks();
      if (state === 'half-open' || leftMs > 0)
        throw new AppError({
          kind: 'unavailable',
          reason: 'model',
          retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
        });
      state = 'half-open';
      return true;
    },
    close() {
      if (state !== 'closed') onClose?.();
      state = 'closed';
      failures = 0;
    },
    succeed() {
      failures = 0;
    },
    fail(isTrial: boolean) {
      failures += 1;
      // A request from before the opening says nothing new.
      if (!isTrial && (state !== 'closed' || failures < threshold)) return;
      state = 'open';
      openedAt = ticks();
      failures = 0;
      onOpen();
    },
    /** A trial that was aborted shows nothing: the next request is the trial. */
    tryAgain() {
      state = 'open';
    },
  };
}

/** Why the upstream failed; null for anything else, such as an abort. */
function upstreamReason(thrown: unknown): UpstreamReason | null {
  if (!(thrown instanceof AppError) || thrown.failure.kind !== 'upstream') return null;
  return thrown.failure.reason;
}

/** Errors of the request or the key do not count. */
const DOWN: ReadonlySet<UpstreamReason> = new Set([
  'unreachable',
  'timeout',
  'loading',
  'away',
  'failing',
  'broken',
]);
