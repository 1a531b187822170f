import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POSTGRES, SQLITE, type EmptyDatabase } from '@/tests/databases/engines';
import type { RateCounts } from './rate-counts';
import { openStore, type Store } from '@/db/store';

let place: EmptyDatabase;
let stores: Store[];
let client: pg.Client;

beforeAll(async () => {
  place = await POSTGRES.empty();
  stores = [await openStore(place.database), await openStore(place.database)];
  client = new pg.Client(place.uri);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  for (const store of stores) await store.close();
  await place.remove();
});

const counts = (n = 0): RateCounts => {
  const rates = stores[n]?.rates;
  if (!rates) throw new Error('Postgres counts for all');
  return rates;
};
const DAY = 86_400;
const windowsOf = (...limits: number[]) =>
  limits.map((limit) => ({ key: randomBytes(16), seconds: DAY, limit }));
const countOnly = (counted: readonly { count: number }[]) => counted.map(({ count }) => count);
const rowOf = async (key: Buffer) => {
  const { rows } = await client.query<{ count: number }>(
    'select count from rate_counts where key = $1',
    [key],
  );
  return rows[0]?.count;
};

test('of 200 concurrent requests through two pools exactly 20 are admitted, and the day counts no more', async () => {
  const [hour, day] = [
    { key: randomBytes(16), seconds: 3600, limit: 20 },
    { key: randomBytes(16), seconds: DAY, limit: 1000 },
  ];
  const all = await Promise.all(
    Array.from({ length: 200 }, (_, n) => counts(n % 2).count([hour, day])),
  );
  expect(all.filter(([first]) => first && first.count <= 20)).toHaveLength(20);
  expect(all.filter(({ length }) => length === 2)).toHaveLength(20);
  expect(await rowOf(day.key)).toBe(20);
});

test('windows are counted in order up to the first full one, which reports its end', async () => {
  const windows = windowsOf(3, 1, 5);
  expect(countOnly(await counts().count(windows))).toEqual([1, 1, 1]);
  const refused = await counts().count(windows);
  expect(countOnly(refused)).toEqual([2, 2]);
  const { endsAt = 0 } = refused[1] ?? {};
  expect(endsAt % (DAY * 1000)).toBe(0);
  expect(endsAt).toBeGreaterThan(Date.now() - 60_000);
  expect(countOnly(await counts().count(windows))).toEqual([3, 2]);
  expect(countOnly(await counts().count(windows))).toEqual([4]);
  expect(countOnly(await counts().count(windows))).toEqual([4]);
});

test('an expired window starts over, and one that another instance started is not restarted', async () => {
  const [window] = windowsOf(5);
  if (!window) throw new Error('no window');
  const move = (interval: string) =>
    client.query('update rate_counts set ends_at = ends_at + $2::interval where key = $1', [
      window.key,
      interval,
    ]);
  await counts().count([window]);
  await counts().count([window]);
  await move('-1 day');
  expect(countOnly(await counts().count([window]))).toEqual([1]);
  await move('1 day');
  expect(countOnly(await counts().count([window]))).toEqual([2]);
});

test('any number of expired windows is pruned, and others stay', async () => {
  const [kept] = windowsOf(5);
  if (!kept) throw new Error('no window');
  await counts().count([kept]);
  await client.query(
    "insert into rate_counts select decode(lpad(to_hex(n), 32, '0'), 'hex'), now() - interval '1 hour', 1 from generate_series(1, 1001) n",
  );
  await Promise.all([counts(0).prune(), counts(1).prune()]);
  const { rows } = await client.query('select 1 from rate_counts where ends_at < now()');
  expect(rows).toEqual([]);
  expect(await rowOf(kept.key)).toBe(1);
});

test('SQLite has no shared counts', async () => {
  const file = await SQLITE.empty();
  const store = await openStore(file.database);
  expect(store.rates).toBeNull();
  await store.close();
  await file.remove();
});
