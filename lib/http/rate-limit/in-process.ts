import { Ratelimit } from '@upstash/ratelimit';
import type { Redis } from '@upstash/redis';
import type { RateWindow } from '@/lib/env';
import type { Counter } from './counter';

/** More visitors than a process has in one window. Beyond that, those who came first are forgotten. */
const KEYS_MAX = 100_000;

/** Counts in this process alone: exact for one process, and for several as many budgets as there are. */
export function inProcessCounter(
  { limit, seconds }: RateWindow,
  now: () => number,
  keysMax = KEYS_MAX,
): Counter {
  const windowMs = seconds * 1000;
  let current = 0;
  /** All windows begin together, so what was counted in the last one can be dropped as a whole. */
  const used = new Map<string, number>();

  const count = (key: string, add: number) => {
    const bucket = Math.floor(now() / windowMs);
    if (bucket !== current) used.clear();
    current = bucket;
    const total = Math.min((used.get(key) ?? 0) + add, limit + 1);
    used.set(key, total);
    if (used.size > keysMax) used.delete(used.keys().next().value ?? '');
    const reset = (bucket + 1) * windowMs;
    return { success: total <= limit, limit, remaining: Math.max(0, limit - total), reset };
  };

  const algorithm = {
    limit: (_context: unknown, key: string) =>
      Promise.resolve({ ...count(key, 1), pending: Promise.resolve() }),
    getRemaining: (_context: unknown, key: string) => Promise.resolve(count(key, 0)),
    resetTokens: (_context: unknown, key: string) => {
      used.delete(key);
      return Promise.resolve();
    },
  };
  // The library asks for a Redis even of an algorithm that uses none.
  const noRedis = {} as Redis;
  return new Ratelimit({
    redis: noRedis,
    limiter: () => algorithm,
    ephemeralCache: false,
    analytics: false,
    timeout: 0,
  });
}
