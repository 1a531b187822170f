import { AppError, type UpstreamReason } from '@/lib/errors';
import type { Model } from '@/lib/ports/model';

interface Options {
  /** Consecutive failures that open it. */
  readonly threshold: number;
  readonly cooldownMs: number;
  readonly ticks: () => number;
  readonly onOpen: () => void;
}

/**
 * Stops asking an upstream that fails, for a while: `unavailable` at once instead of a wait for each person. After the
 * cooldown one request is let through as a trial; it closes the breaker or opens it again.
 */
export function withBreaker(
  model: Model,
  { threshold, cooldownMs, ticks, onOpen }: Options,
): Model {
  let state: 'closed' | 'open' | 'half-open' = 'closed';
  let openedAt = 0;
  let failures = 0;

  /** True for a trial. Throws `unavailable` while the upstream is left alone. */
  const admit = (): boolean => {
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
  };

  const close = () => {
    state = 'closed';
    failures = 0;
  };

  const fail = (isTrial: boolean) => {
    failures += 1;
    // A request from before the opening says nothing new.
    if (!isTrial && (state !== 'closed' || failures < threshold)) return;
    state = 'open';
    failures = 0;
    openedAt = ticks();
    onOpen();
  };

  return {
    async stream(request) {
      let isTrial = admit();
      // The first text or reasoning shows that the upstream is back; a long reply need not end for that.
      const passTrial = () => {
        if (isTrial) close();
        isTrial = false;
      };
      try {
        const answer = await model.stream({
          ...request,
          onProgress: () => {
            passTrial();
            request.onProgress?.();
          },
          onText: (text) => {
            passTrial();
            return request.onText(text);
          },
        });
        passTrial();
        failures = 0;
        return answer;
      } catch (thrown) {
        const reason = upstreamReason(thrown);
        if (reason !== null && DOWN.has(reason)) fail(isTrial);
        else if (reason !== null) passTrial();
        // An abort shows nothing of the upstream: the next request is the trial.
        else if (isTrial) state = 'open';
        throw thrown;
      }
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
