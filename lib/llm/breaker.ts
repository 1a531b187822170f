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
    if (state === 'open' || (!isTrial && failures < threshold)) return;
    state = 'open';
    openedAt = ticks();
    onOpen();
  };

  return {
    async stream(request) {
      let isTrial = admit();
      // The first text shows that the upstream is back; a long reply need not end for that.
      const passTrial = () => {
        if (isTrial) close();
        isTrial = false;
      };
      try {
        const answer = await model.stream({
          ...request,
          onText: (text) => {
            passTrial();
            return request.onText(text);
          },
        });
        passTrial();
        failures = 0;
        return answer;
      } catch (thrown) {
        if (isUpstreamDown(thrown)) fail(isTrial);
        else passTrial();
        throw thrown;
      }
    },
  };
}

/** Errors of the request or the key, and aborts by the user, do not count. */
function isUpstreamDown(thrown: unknown): boolean {
  if (!(thrown instanceof AppError) || thrown.failure.kind !== 'upstream') return false;
  return DOWN.has(thrown.failure.reason);
}

const DOWN: ReadonlySet<UpstreamReason> = new Set([
  'unreachable',
  'timeout',
  'loading',
  'away',
  'failing',
  'broken',
]);
