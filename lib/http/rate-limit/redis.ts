import { createHash } from 'node:crypto';
import { Ratelimit } from '@upstash/ratelimit';
import type { Redis as UpstashRedis } from '@upstash/redis';
import type { Redis } from 'ioredis';
import type { RateWindow } from '@/lib/env/limits';
import { causesOf } from '@/lib/errors';
import type { Counter } from './limiter';

/** Counts in Redis, for all processes that share it. `redis` is either Upstash's client or `plainRedis`. */
export const redisCounter = (
  redis: UpstashRedis,
  { name, limit, seconds }: RateWindow,
  scope: string,
): Counter => {
  const counter = new Ratelimit({
    redis,
    limiter: Ratelimit.fixedWindow(limit, `${seconds} s`),
    prefix: `ask-next:${scope}:${name}`,
    // The cache would grow without bound, and the library's timeout lets requests pass when the store is slow.
    ephemeralCache: false,
    analytics: false,
    timeout: 0,
  });
  return (key) =>
    counter.limit(key).catch((cause: unknown) => {
      throw new Error(withoutCommand(causesOf(cause)));
    });
};

/** Upstash's client adds the whole command, and with it the address that was counted. */
const withoutCommand = (cause: string): string => cause.split(', command was', 1).join('');

/** The two commands that the library uses, over a plain Redis: its scripts begin with a line only Upstash knows. */
export function plainRedis(redis: Pick<Redis, 'evalsha' | 'eval'>): UpstashRedis {
  const run = async (script: string, keys: string[], values: unknown[]): Promise<unknown> => {
    const plain = script.replace(/^#!lua[^\n]*\n/, '');
    const hash = createHash('sha1').update(plain).digest('hex');
    const parts = [...keys, ...values.map(String)];
    try {
      return await redis.evalsha(hash, keys.length, ...parts);
    } catch (thrown) {
      if (!String(thrown).includes('NOSCRIPT')) throw thrown;
      return redis.eval(plain, keys.length, ...parts);
    }
  };
  const commands = {
    // The library hashes the unmodified script; on NOSCRIPT it calls `eval` with the script itself.
    evalsha: () => Promise.reject(new Error('NOSCRIPT')),
    eval: run,
  };
  return commands as unknown as UpstashRedis;
}
