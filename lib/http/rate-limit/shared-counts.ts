import 'server-only';
import { createHmac } from 'node:crypto';
import type { RateWindow } from '@/lib/env/limits';
import { keyFor } from '@/lib/http/identity/cookies/secret';
import type { Limiter, RateResult } from './limiter';

/** Rate limit counts in the database, for all instances: increments each window in turn, up to the first full one. */
export interface SharedCounts {
  count(
    windows: readonly { readonly key: Buffer; readonly seconds: number; readonly limit: number }[],
  ): Promise<readonly { readonly count: number; readonly endsAt: number }[]>;
}

const PLACE = Symbol.for('ask-next.shared-counts');
/** Next bundles the middleware separately, so it finds the store through `globalThis`. */
const shared = globalThis as { [PLACE]?: SharedCounts | null };

export function shareCounts(counts: SharedCounts | null): void {
  shared[PLACE] = counts;
}

const KEY_BYTES = 16;

/** A keyed hash, so that the stored key does not reveal the client. */
const keyOf = (scope: string, { limit, seconds }: RateWindow, key: string): Buffer =>
  createHmac('sha256', keyFor('rate'))
    .update([scope, limit, seconds, key].join('\n'))
    .digest()
    .subarray(0, KEY_BYTES);

/** Counts in the database of this process; throws until it is open. */
export function sharedLimiter(scope: string, windows: readonly RateWindow[]): Limiter {
  const once = windows.filter(
    ({ limit, seconds }, n) =>
      n === windows.findIndex((each) => each.limit === limit && each.seconds === seconds),
  );
  return async (key) => {
    const counts = shared[PLACE];
    if (!counts) throw new Error('The database is not open');
    const counted = await counts.count(
      once.map((window) => ({ ...window, key: keyOf(scope, window, key) })),
    );
    const results = counted.flatMap(({ count, endsAt }, n) => {
      const window = once[n];
      return window ? [resultOf(window, count, endsAt)] : [];
    });
    const result = results.find(({ success }) => !success) ?? results[0];
    if (!result) throw new Error('A rate limit without a window');
    return result;
  };
}

const resultOf = (window: RateWindow, count: number, endsAt: number): RateResult => ({
  window,
  limit: window.limit,
  success: count <= window.limit,
  remaining: Math.max(0, window.limit - count),
  reset: endsAt,
});
