import { expect, test, vi } from 'vitest';
import type { RateWindow } from '@/lib/env/limits';
import type { SharedCounts } from './shared-counts';

vi.stubEnv('APP_SECRET', 'a secret that only these tests know');
const { shareCounts, sharedLimiter } = await import('./shared-counts');

const minute: RateWindow = { name: 'minute', limit: 2, seconds: 60 };
const hour: RateWindow = { name: 'hour', limit: 9, seconds: 3600 };
type Asked = Parameters<SharedCounts['count']>[0];

/** A store that returns these counts and records its arguments. */
function answering(...counts: number[]) {
  const queries: Asked[] = [];
  shareCounts({
    count: (windows) => {
      queries.push(windows);
      return Promise.resolve(counts.map((count) => ({ count, endsAt: 60_000 })));
    },
  });
  return queries;
}

test('an allowed request reports the first window, a refused one the full window', async () => {
  const limit = sharedLimiter('chat', [minute, hour]);
  answering(2, 3);
  expect(await limit('a')).toEqual({
    window: minute,
    limit: 2,
    success: true,
    remaining: 0,
    reset: 60_000,
  });
  answering(1, 10);
  expect(await limit('a')).toMatchObject({ window: hour, success: false, limit: 9, remaining: 0 });
  answering(3);
  expect(await limit('a')).toMatchObject({ window: minute, success: false });
});

test('each rate limit, window and caller has its own hashed key; a duplicate window counts once', async () => {
  const queries = answering(1, 1);
  await sharedLimiter('chat', [minute, hour, minute])('ip:1.2.3.4');
  await sharedLimiter('api', [minute])('ip:1.2.3.4');
  await sharedLimiter('chat', [minute])('ip:1.2.3.5');
  await sharedLimiter('chat', [minute])('ip:1.2.3.4');
  const keys = queries.map((windows) => windows.map(({ key }) => key.toString('hex')));
  expect(keys.map(({ length }) => length)).toEqual([2, 1, 1, 1]);
  expect(new Set(keys.flat()).size).toBe(4);
  expect(keys[3]?.[0]).toBe(keys[0]?.[0]);
  expect(keys.flat().join()).not.toContain(Buffer.from('1.2.3').toString('hex'));
});

test('counting throws while no database is open', async () => {
  shareCounts(null);
  await expect(sharedLimiter('chat', [minute])('a')).rejects.toThrow('not open');
});
