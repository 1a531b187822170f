import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { AppError } from '@/lib/errors';
import type { Model } from './port';

interface Options {
  /** Failed sends in a row that open it. */
  readonly threshold: number;
  readonly cooldownMs: number;
  readonly onOpen: () => void;
}

/** Stops asking an upstream that fails, for a while: `unavailable` at once instead of a wait for each person. */
export function withBreaker(model: Model, { threshold, cooldownMs, onOpen }: Options): Model {
  let openedAt = 0;
  const breaker = circuitBreaker(handleWhen(isUpstreamDown), {
    halfOpenAfter: cooldownMs,
    breaker: new ConsecutiveBreaker(threshold),
  });
  breaker.onStateChange((state) => {
    if (state !== CircuitState.Open) return;
    openedAt = performance.now();
    onOpen();
  });

  return {
    async stream(request) {
      try {
        return await breaker.execute(() => model.stream(request));
      } catch (thrown) {
        if (!(thrown instanceof BrokenCircuitError)) throw thrown;
        const leftMs = Math.max(0, openedAt + cooldownMs - performance.now());
        throw new AppError({
          kind: 'unavailable',
          retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
        });
      }
    },
  };
}

/** Not a 4xx, which is about the request, and not a stop, which is about the person. */
function isUpstreamDown(thrown: unknown): boolean {
  if (!(thrown instanceof AppError) || thrown.failure.kind !== 'upstream') return false;
  return thrown.failure.reason !== 'refused' && thrown.failure.reason !== 'limited';
}
