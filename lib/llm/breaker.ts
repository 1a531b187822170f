import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { AppError, type UpstreamReason } from '@/lib/errors';
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

  const unavailable = () => {
    const leftMs = Math.max(0, openedAt + cooldownMs - performance.now());
    const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1000));
    return new AppError({ kind: 'unavailable', retryAfterSeconds });
  };

  return {
    async stream(request) {
      // The library would let the others wait, deaf to Stop, until the one that tries has ended.
      if (breaker.state === CircuitState.HalfOpen) throw unavailable();
      const spoke = Promise.withResolvers<void>();
      const ask = async () => {
        const answer = model.stream({
          ...request,
          onText: (text) => {
            spoke.resolve();
            return request.onText(text);
          },
        });
        // The first text shows that the upstream is back; a long reply need not end for that.
        const isTrial = breaker.state === CircuitState.HalfOpen;
        await (isTrial ? Promise.race([answer, spoke.promise]) : answer);
        return { answer };
      };
      try {
        return await (
          await breaker.execute(ask)
        ).answer;
      } catch (thrown) {
        throw thrown instanceof BrokenCircuitError ? unavailable() : thrown;
      }
    },
  };
}

/** Not what is about the request or the key, nor a stop, which is about the person. */
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
