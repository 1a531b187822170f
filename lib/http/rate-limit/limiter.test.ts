import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Redis } from 'ioredis';
import type { RateWindow } from '@/lib/env/limits';
import { expectWithin, timeOf } from '@/tests/setup/expect-within';
import { freePort } from '@/tests/programs/free-port';
import { recordingLog } from '@/tests/setup/log';
import { redisServer, startRedis } from '@/tests/programs/redis';
import { startUpstashRest } from '@/tests/programs/upstash-rest';
import { Redis as UpstashRedis } from '@upstash/redis';
import { connectRedis } from '@/lib/redis/connect-redis';
import { eachWindow } from './each-window';
import { rateHeaders } from './headers';
import { inProcessCounter } from './in-process';
import { limiter } from './limiter';
import { plainRedis, redisCounter } from './redis';

const minute = (limit: number): RateWindow => ({ name: 'minute', limit, seconds: 60 });
const hour = (limit: number): RateWindow => ({ name: 'hour', limit, seconds: 3600 });

function local(windows: RateWindow[], now = () => 1000) {
  const { log, logged } = recordingLog();
  const deps = {
    log,
    ticks: () => 0,
    timeoutMs: 300,
    local: eachWindow(windows, (window) => inProcessCounter(window, now)),
  };
  return { logged, deps, limit: limiter({ ...deps, shared: null }) };
}

test('the limit is exact within a window, and resets with the next', async () => {
  let now = 30_000;
  const { limit } = local([minute(2)], () => now);
  expect(await limit('a')).toMatchObject({ success: true, remaining: 1, reset: 60_000 });
  expect(await limit('a')).toMatchObject({ success: true, remaining: 0 });
  expect(await limit('a')).toMatchObject({ success: false, limit: 2, remaining: 0 });
  expect(await limit('b')).toMatchObject({ success: true });
  now = 60_000;
  expect(await limit('a')).toMatchObject({ success: true, remaining: 1, reset: 120_000 });
});

test('an allowed request reports the first window, a refused one the full window', async () => {
  const { limit } = local([minute(5), hour(2)]);
  expect(await limit('a')).toMatchObject({ window: { name: 'minute' }, remaining: 4 });
  await limit('a');
  expect(await limit('a')).toMatchObject({ success: false, window: { name: 'hour' }, limit: 2 });
});

test('a store that fails or times out falls back to the local count, with one warning', async () => {
  for (const count of [
    () => Promise.reject(new Error('down')),
    () => new Promise<never>(() => undefined),
  ]) {
    await expectWithin(450, async () => {
      const { deps, logged } = local([minute(1)]);
      const limit = limiter({ ...deps, shared: count });
      const took = await timeOf(async () =>
        expect(await limit('a')).toMatchObject({ success: true, limit: 1 }),
      );
      expect(await limit('a')).toMatchObject({ success: false, limit: 1 });
      expect(logged.map(({ event }) => event)).toEqual(['ratelimit.count_failed']);
      return took;
    });
  }
});

test('time in which this process is busy does not count as a timeout', async () => {
  const { deps, logged } = local([minute(1)]);
  const busy = performance.now() + 400;
  const answered = { success: true, limit: 7, remaining: 6, reset: 0, window: minute(7) };
  const limit = limiter({
    ...deps,
    // Answers at once, but is only handled in the next turn of the event loop.
    shared: () => new Promise((resolve) => setImmediate(resolve, answered)),
  });
  const counted = limit('a');
  while (performance.now() < busy);
  expect(await counted).toEqual(answered);
  expect(logged).toEqual([]);
});

test('a store that answers requests one by one does not time out, however long the last one waits', async () => {
  const { deps, logged } = local([minute(1)]);
  const answer = { success: true, limit: 7, remaining: 6, reset: 0, window: minute(7) };
  let before = Promise.resolve();
  const shared = async () => {
    const turn = before.then(() => new Promise<void>((resolve) => setTimeout(resolve, 100)));
    before = turn;
    await turn;
    return answer;
  };
  const limit = limiter({ ...deps, shared });
  const all = await Promise.all(Array.from({ length: 6 }, (_, n) => limit(String(n))));
  expect(all).toEqual(all.map(() => answer));
  expect(logged).toEqual([]);
});

test('all windows of a request share one timeout', async () => {
  const never = () => new Promise<never>(() => undefined);
  await expectWithin(450, async () => {
    const { deps } = local([minute(5), hour(5)]);
    let calls = 0;
    const counter = () => {
      calls += 1;
      return never();
    };
    const limit = limiter({ ...deps, shared: eachWindow([minute(5), hour(5)], () => counter) });
    const took = await timeOf(async () =>
      expect(await limit('a')).toMatchObject({ success: true, remaining: 4 }),
    );
    expect(calls).toBe(1);
    return took;
  });
});

test('an error of Upstash is logged without the command', async () => {
  const { deps, logged } = local([minute(1)]);
  const fail = () => Promise.reject(new Error('ERR broken, command was: ["evalsha","ip:1.2.3.4"]'));
  const redis = plainRedis({ evalsha: fail, eval: fail });
  const shared = eachWindow([minute(1)], (window) => redisCounter(redis, window, 'failing'));
  await limiter({ ...deps, shared })('ip:1.2.3.4');
  expect(logged).toEqual([{ event: 'ratelimit.count_failed', cause: 'ERR broken' }]);
});

test('a flood of addresses does not fill the memory, and the latest stay counted', async () => {
  const counter = inProcessCounter(minute(1), () => 1000);
  const latest = 100_000;
  for (let n = 0; n <= latest; n += 1) await counter(String(n));
  expect(await counter('0')).toMatchObject({ success: true });
  expect(await counter(String(latest))).toMatchObject({ success: false });
});

test('an unreachable Redis delays a request only briefly, and is logged once', async () => {
  const url = `redis://127.0.0.1:${String(await freePort())}`;
  await expectWithin(600, async () => {
    const { deps, logged } = local([minute(1)]);
    const startedAt = performance.now();
    const redis = await connectRedis(url, deps.log);
    const took = performance.now() - startedAt;
    const shared = eachWindow([minute(1)], (window) =>
      redisCounter(plainRedis(redis), window, 'away'),
    );
    const limit = limiter({ ...deps, shared });
    expect((await limit('a')).success).toBe(true);
    expect((await limit('a')).success).toBe(false);
    redis.disconnect();
    expect(logged.filter(({ event }) => event === 'redis.connect_failed')).toHaveLength(1);
    return took;
  });
});

test('the headers are those of the original and of the IETF draft', () => {
  const windows = [minute(20), hour(300)];
  const standing = { success: false, limit: 20, remaining: 0, reset: 60_000, window: minute(20) };
  expect(rateHeaders(standing, windows, 18_500)).toEqual({
    'X-RateLimit-Limit': '20',
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': '60',
    'RateLimit-Policy': '"minute";q=20;w=60, "hour";q=300;w=3600',
    RateLimit: '"minute";r=0;t=42',
    'Retry-After': '42',
  });
});

describe.skipIf(redisServer === null)('with a real Redis', () => {
  let redis: { url: string; stop: () => Promise<void> };
  const clients: Redis[] = [];
  const client = () => {
    const opened = new Redis(redis.url);
    clients.push(opened);
    return opened;
  };

  beforeAll(async () => {
    redis = await startRedis(await freePort());
  });
  afterAll(async () => {
    for (const opened of clients) opened.disconnect();
    await redis.stop();
  });

  test.each(['chat', 'api', 'page', 'visitor'])(
    'of 200 concurrent requests of two clients the rate limit "%s" admits exactly 20',
    async (scope) => {
      const one = redisCounter(plainRedis(client()), hour(20), scope);
      const other = redisCounter(plainRedis(client()), hour(20), scope);
      const counts = await Promise.all(
        Array.from({ length: 200 }, (_, n) => (n % 2 ? one : other)('a')),
      );
      expect(counts.filter((count) => count.success)).toHaveLength(20);
      expect(new Set(counts.map((count) => count.limit))).toEqual(new Set([20]));
    },
  );

  test('Upstash over REST counts the same', async () => {
    const rest = await startUpstashRest(client());
    const upstash = new UpstashRedis({
      url: rest.url,
      token: rest.token,
      retry: false,
      enableTelemetry: false,
    });
    const counter = redisCounter(upstash, hour(5), 'rest');
    const counts = [];
    for (let n = 0; n < 7; n += 1) counts.push(await counter('a'));
    expect(counts.map(({ success }) => success)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(counts[0]).toMatchObject({ limit: 5, remaining: 4 });
    await rest.stop();
  });
});
