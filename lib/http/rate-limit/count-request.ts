import 'server-only';
import { AppError } from '@/lib/errors';
import { rateLimits, type RateLimitName } from './rate-limits';
import { rateHeaders, secondsLeft } from './headers';
import type { RateResult } from './limiter';

/** Counts a request and sets its rate limit headers on `response`. Throws `rate-limited` over the limit. */
export async function countRequest(
  name: Exclude<RateLimitName, 'visitor'>,
  counted: string,
  response: Headers,
): Promise<void> {
  const { windows, limit, variable } = await rateLimits[name]();
  const standing = await limit(counted);
  const headers = rateHeaders(standing, windows, Date.now());
  for (const [header, value] of Object.entries(headers)) response.set(header, value);
  if (standing.success) return;
  throw new AppError({
    kind: 'rate-limited',
    retryAfterSeconds: secondsLeft(standing.reset, Date.now()),
    reason: variable,
    window: windowOf(standing),
  });
}

/** Counts a new visitor at an address. Returns null, or the `over-budget` error to throw. */
export async function countVisitor(address: string): Promise<AppError | null> {
  const { limit } = await rateLimits.visitor();
  const standing = await limit(address);
  if (standing.success) return null;
  return new AppError({
    kind: 'over-budget',
    retryAfterSeconds: secondsLeft(standing.reset, Date.now()),
    reason: 'VISITOR_RATE_LIMIT',
    window: windowOf(standing),
  });
}

const windowOf = ({ window }: RateResult): string => `${String(window.limit)}/${window.name}`;
