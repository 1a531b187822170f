import 'server-only';
import type { RateWindow } from '@/lib/env/limits';
import { env } from '@/lib/env';
import type { RateBound } from '@/lib/errors';
import { log } from '@/lib/log';
import { isHealthPath } from '@/lib/http/request/api-path';
import { eachWindow } from './each-window';
import { inProcessCounter } from './in-process';
import { limiter, type Counter, type Limiter } from './limiter';
import { sharedStore, type SharedStore } from './shared-store';

interface RateLimit<Variable extends RateVariable = RateVariable> {
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

type RateVariable = RateBound | 'VISITOR_RATE_LIMIT';

/**
 * A rate limit, rebuilt when an operator changes its variable. An unchanged window keeps its counts, also those in
 * this process.
 */
function following<Variable extends RateVariable>(scope: RateLimitName, variable: Variable) {
  let counters = new Map<string, Counter>();
  let current: RateLimit<Variable> | undefined;

  const make = (windows: readonly RateWindow[], store: SharedStore): RateLimit<Variable> => {
    const before = counters;
    counters = new Map();
    const local = eachWindow(windows, (window) => {
      const key = JSON.stringify(window);
      const counter = before.get(key) ?? inProcessCounter(window, Date.now);
      // A window may be named twice.
      before.delete(key);
      counters.set(key, counter);
      return counter;
    });
    const limit = limiter({
      shared: store.limiter(scope, windows),
      local,
      log: log(),
      ticks: () => performance.now(),
      timeoutMs: store.timeoutMs,
    });
    return { variable, windows, limit };
  };

  return async (): Promise<RateLimit<Variable>> => {
    const store = await sharedStore();
    const windows = env()[variable];
    // Another object after each change of any setting, mostly with the same windows, which keep their counts.
    if (current?.windows !== windows) current = make(windows, store);
    return current;
  };
}

export const rateLimits = {
  chat: following('chat', 'CHAT_RATE_LIMIT'),
  api: following('api', 'API_RATE_LIMIT'),
  page: following('page', 'PAGE_RATE_LIMIT'),
  visitor: following('visitor', 'VISITOR_RATE_LIMIT'),
  'sign-in': following('sign-in', 'SIGN_IN_RATE_LIMIT'),
} as const satisfies Record<RateLimitName, () => Promise<RateLimit>>;

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
