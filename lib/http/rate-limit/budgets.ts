import 'server-only';
import type { Env, RateWindow } from '@/lib/env';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import type { Counter } from './counter';
import { inProcessCounter } from './in-process';
import { limiter, type Limiter } from './limiter';
import { plainRedis, redisCounter } from './redis';

export interface Budget {
  readonly windows: readonly RateWindow[];
  readonly limit: Limiter;
}

/** What a request is counted against: the two ways to chat share one budget, all else of the API has another. */
export type BudgetName = 'chat' | 'api';

type SharedStore = (scope: BudgetName) => ((window: RateWindow) => Counter) | null;

async function openStore(configuration: Env): Promise<SharedStore> {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL } = configuration;
  if (url && token) {
    const { Redis } = await import('@upstash/redis');
    const redis = new Redis({ url, token, retry: false, enableTelemetry: false });
    return (scope) => (window) => redisCounter(redis, window, scope);
  }
  if (REDIS_URL) {
    const { connectRedis } = await import('@/lib/redis/connect-redis');
    const redis = plainRedis(await connectRedis(REDIS_URL, log()));
    return (scope) => (window) => redisCounter(redis, window, scope);
  }
  return () => null;
}

async function open(): Promise<Record<BudgetName, Budget>> {
  const configuration = env();
  const store = await openStore(configuration);
  const budget = (scope: BudgetName, windows: readonly RateWindow[]): Budget => ({
    windows,
    limit: limiter(windows, {
      shared: store(scope),
      local: (window) => inProcessCounter(window, Date.now),
      log: log(),
      ticks: () => performance.now(),
    }),
  });
  return {
    chat: budget('chat', configuration.CHAT_RATE_LIMIT),
    api: budget('api', configuration.API_RATE_LIMIT),
  };
}

let opened: Promise<Record<BudgetName, Budget>> | undefined;

export const budgets = (): Promise<Record<BudgetName, Budget>> => (opened ??= open());

const CHAT_PATHS = new Set(['/api/chat', '/api/chat/stream']);

/** Null: not limited. */
export function budgetOf(method: string, path: string): BudgetName | null {
  if (!/^\/api(\/|$)/.test(path)) return null;
  return method === 'POST' && CHAT_PATHS.has(path.replace(/\/+$/, '')) ? 'chat' : 'api';
}
