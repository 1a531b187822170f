import type { RateWindow } from '@/lib/env/limits';
import type { Counter, Limiter, RateResult } from './limiter';

/**
 * Counts a request in each window in the configured order; the first full window refuses it, and later ones do not
 * count it.
 */
export function eachWindow(
  windows: readonly RateWindow[],
  counterOf: (window: RateWindow) => Counter,
): Limiter {
  const counters = windows.map((window) => ({ window, counter: counterOf(window) }));
  return async (key) => {
    let first: RateResult | null = null;
    for (const { window, counter } of counters) {
      const result = { ...(await counter(key)), window };
      if (!result.success) return result;
      first ??= result;
    }
    if (!first) throw new Error('A rate limit without a window');
    return first;
  };
}
