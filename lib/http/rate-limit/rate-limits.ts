import 'server-only';
import type { Env } from '@/lib/env';
import type { RateWindow } from '@/lib/env/limits';
import { env } from '@/lib/env';
import type { RateBound } from '@/lib/errors';
import { log } from '@/lib/log';
import { isHealthPath } from '@/lib/http/request/api-path';
import { eachWindow } from './each-window';
import { inProcessCounter } from './in-process';
import { limiter, type Limiter } from './limiter';
import { plainRedis, redisCounter } from './redis';
import { sharedLimiter } from './shared-counts';

export interface RateLimit<Variable extends RateVariable = RateVariable> {
  /** Where the operator sets it. */
  readonly variable: Variable;
  readonly windows: readonly RateWindow[];
  readonly limit: Limiter;
}

/**
 * What a request counts against: all chat routes share one rate limit, the rest of the API has another, pages a third; new
 * visitors and attempts to sign in are counted as well.
 */
export type RateLimitName = 'chat' | 'api' | 'page' | 'visitor' | 'sign-in';

/** What requests count against by their path. */
export type RequestRateLimit = 'chat' | 'api' | 'page';

/** Longer for the database: the request needs it anyway. */
const PATIENCE_MS = { redis: 300, database: 2000 };

type SharedStore = (scope: RateLimitName, windows: readonly RateWindow[]) => Limiter | null;

/** The store that counts for all instances: Redis if configured, else Postgres; none with SQLite. */
async function openStore(configuration: Env): Promise<SharedStore> {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL } = configuration;
  const through =
    (redis: Parameters<typeof redisCounter>[0]): SharedStore =>
    (scope, windows) =>
      eachWindow(windows, (window) => redisCounter(redis, window, scope));
  if (url && token) {
    const { Redis } = await import('@upstash/redis');
    return through(new Redis({ url, token, retry: false, enableTelemetry: false }));
  }
  if (REDIS_URL) {
    const { connectRedis } = await import('@/lib/redis/connect-redis');
    return through(plainRedis(await connectRedis(REDIS_URL, log())));
  }
  return configuration.DATABASE.dialect === 'postgres' ? sharedLimiter : () => null;
}

type RateVariable = RateBound | 'VISITOR_RATE_LIMIT';

type RateLimits = Record<Exclude<RateLimitName, 'visitor'>, RateLimit<RateBound>> & {
  visitor: RateLimit;
};

async function open(): Promise<RateLimits> {
  const configuration = env();
  const store = await openStore(configuration);
  const patienceMs = store === sharedLimiter ? PATIENCE_MS.database : PATIENCE_MS.redis;
  const rateLimit = <Variable extends RateVariable>(
    scope: RateLimitName,
    variable: Variable,
  ): RateLimit<Variable> => {
    const windows = configuration[variable];
    const limit = limiter({
      shared: store(scope, windows),
      local: eachWindow(windows, (window) => inProcessCounter(window, Date.now)),
      log: log(),
      ticks: () => performance.now(),
      patienceMs,
    });
    return { variable, windows, limit };
  };
  return {
    chat: rateLimit('chat', 'CHAT_RATE_LIMIT'),
    api: rateLimit('api', 'API_RATE_LIMIT'),
    page: rateLimit('page', 'PAGE_RATE_LIMIT'),
    visitor: rateLimit('visitor', 'VISITOR_RATE_LIMIT'),
    'sign-in': rateLimit('sign-in', 'SIGN_IN_RATE_LIMIT'),
  };
}

let opened: { readonly windows: string; readonly limits: Promise<RateLimits> } | undefined;

/** Opened again when an operator changes them; what one process counted is forgotten then. */
export function rateLimits(): Promise<RateLimits> {
  const windows = JSON.stringify(env().CHAT_RATE_LIMIT);
  if (opened?.windows !== windows) opened = { windows, limits: open() };
  return opened.limits;
}

/** Each of these costs a request to the model. */
const CHAT_PATHS = new Set([
  '/api/chat',
  '/api/chat/stream',
  '/api/connection',
  '/v1/chat/completions',
]);

/** Null: not limited. */
export function rateLimitOf(method: string, rawPath: string): RequestRateLimit | null {
  if (isHealthPath(rawPath)) return null;
  const path = decoded(rawPath);
  if (!/^\/((api|v1)(\/|$)|(openapi\.json|metrics)$)/.test(path)) return 'page';
  return method === 'POST' && CHAT_PATHS.has(path.replace(/\/+$/, '')) ? 'chat' : 'api';
}

/** Next routes by the decoded path. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
