import 'server-only';
import { AppError } from '@/lib/errors';
import { rateLimits, type RateLimitName } from './rate-limits';
import { rateHeaders, secondsLeft } from './headers';
import type { RateResult } from './limiter';

/** Counts a request and sets its rate limit headers on `response`. Throws `rate-limited` over the limit. */
export async function countRequest(
  name: Exclude<RateLimitName, 'visitor'>,
  key: string,
  response: Headers,
): Promise<void> {
  const { windows, limit, variable } = await rateLimits[name]();
  const result = await limit(key);
  const headers = rateHeaders(result, windows, Date.now());
  for (const [header, value] of Object.entries(headers)) response.set(header, value);
  if (result.success) return;
  throw new AppError({
    kind: 'rate-limited',
    retryAfterSeconds: secondsLeft(result.reset, Date.now()),
    reason: variable,
    window: windowOf(result),
  });
}

/** Counts a new visitor at an address. Returns null, or the `over-budget` error to throw. */
export async function countVisitor(address: string): Promise<AppError | null> {
  const { limit } = await rateLimits.visitor();
  const result = await limit(address);
  if (result.success) return null;
  return new AppError({
    kind: 'over-budget',
    retryAfterSeconds: secondsLeft(result.reset, Date.now()),
    reason: 'VISITOR_RATE_LIMIT',
    window: windowOf(result),
  });
}

const windowOf = ({ window }: RateResult): string => `${String(window.limit)}/${window.name}`;
