import type { RateWindow } from '@/lib/env/limits';
import type { Count, Counter } from './limiter';

/** Bounds the memory: beyond it the oldest keys are evicted. */
const KEYS_MAX = 100_000;

/** Counts in this process alone: exact for one process; of several, each admits the whole limit. */
export function inProcessCounter({ limit, seconds }: RateWindow, now: () => number): Counter {
  const windowMs = seconds * 1000;
  let current = 0;
  /** All keys share the same fixed windows, so a new window clears the map. */
  const used = new Map<string, number>();

  const count = (key: string): Count => {
    const bucket = Math.floor(now() / windowMs);
    if (bucket !== current) used.clear();
    current = bucket;
    const total = Math.min((used.get(key) ?? 0) + 1, limit + 1);
    used.set(key, total);
    if (used.size > KEYS_MAX) used.delete(used.keys().next().value ?? '');
    const reset = (bucket + 1) * windowMs;
    return { success: total <= limit, limit, remaining: Math.max(0, limit - total), reset };
  };

  return (key) => Promise.resolve(count(key));
}
