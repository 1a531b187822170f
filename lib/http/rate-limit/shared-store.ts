import 'server-only';
import type { RateWindow } from '@/lib/env/limits';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { eachWindow } from './each-window';
import type { Limiter } from './limiter';
import { plainRedis, redisCounter } from './redis';
import { sharedLimiter } from './shared-counts';

/** Counts for all instances. */
export interface SharedStore {
  /** Null: there is only one instance. */
  limiter(scope: string, windows: readonly RateWindow[]): Limiter | null;
  /** How long a request waits for it. */
  readonly timeoutMs: number;
}

/** Longer for the database: the request needs it anyway. */
const PATIENCE_MS = { redis: 300, database: 2000 };

let opening: Promise<SharedStore> | undefined;

/** Redis if configured, else Postgres; none with SQLite. Opened once. */
export const sharedStore = (): Promise<SharedStore> =>
  (opening ??= open().catch((cause: unknown) => {
    opening = undefined;
    throw cause;
  }));

async function open(): Promise<SharedStore> {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL } = env();
  const through = (redis: Parameters<typeof redisCounter>[0]): SharedStore => ({
    limiter: (scope, windows) =>
      eachWindow(windows, (window) => redisCounter(redis, window, scope)),
    timeoutMs: PATIENCE_MS.redis,
  });
  if (url && token) {
    const { Redis } = await import('@upstash/redis');
    return through(new Redis({ url, token, retry: false, enableTelemetry: false }));
  }
  if (REDIS_URL) {
    const { connectRedis } = await import('@/lib/redis/connect-redis');
    return through(plainRedis(await connectRedis(REDIS_URL, log())));
  }
  const isShared = env().DATABASE.dialect === 'postgres';
  return { limiter: isShared ? sharedLimiter : () => null, timeoutMs: PATIENCE_MS.database };
}
