import type { RateWindow } from '@/lib/env/limits';
import type { RateResult } from './limiter';

/**
 * The original's headers, and the fields of the IETF draft
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function rateHeaders(
  result: RateResult,
  windows: readonly RateWindow[],
  now: number,
): Record<string, string> {
  const { window, limit, remaining, reset, success } = result;
  const left = secondsLeft(reset, now);
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil(reset / 1000)),
    'RateLimit-Policy': windows
      .map((each) => `"${each.name}";q=${String(each.limit)};w=${String(each.seconds)}`)
      .join(', '),
    RateLimit: `"${window.name}";r=${String(remaining)};t=${String(left)}`,
    ...(!success && { 'Retry-After': String(left) }),
  };
}

export const secondsLeft = (reset: number, now: number): number =>
  Math.max(1, Math.ceil((reset - now) / 1000));
