import type { RateWindow } from '@/lib/env';
import type { Counter, Limiter, Standing } from './limiter';

/**
 * Counts a request in each window, in the order they are written; the first that is full refuses it and the others
 * are not asked.
 */
export function eachWindow(
  windows: readonly RateWindow[],
  counterOf: (window: RateWindow) => Counter,
): Limiter {
  const counters = windows.map((window) => ({ window, counter: counterOf(window) }));
  return async (key) => {
    let first: Standing | null = null;
    for (const { window, counter } of counters) {
      const standing = { ...(await counter(key)), window };
      if (!standing.success) return standing;
      first ??= standing;
    }
    if (!first) throw new Error('A rate limit without a window');
    return first;
  };
}
