import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '@/db/engine/migrate';
import { SQLITE, type EmptyDatabase } from '@/tests/databases/engines';
import { freePort } from '@/tests/programs/free-port';
import { redisServer, startRedis } from '@/tests/programs/redis';
import { services } from './composition';

const NAMES = ['DATABASE_URI', 'APP_SECRET', 'REDIS_URL', 'METRICS_TOKEN'] as const;
const before = NAMES.map((name) => [name, process.env[name]] as const);
let place: EmptyDatabase;
let redis: Awaited<ReturnType<typeof startRedis>> | null;

beforeAll(async () => {
  place = await SQLITE.bare();
  await migrate(place.database);
  redis = redisServer === null ? null : await startRedis(await freePort());
  process.env['DATABASE_URI'] = place.uri;
  process.env['APP_SECRET'] = 'a secret that is only used by this test';
  process.env['METRICS_TOKEN'] = 'a token that nobody needs to know'.replaceAll(' ', '-');
  if (redis) process.env['REDIS_URL'] = redis.url;
});
afterAll(async () => {
  for (const [name, value] of before)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  await place.remove();
  await redis?.stop();
});

const file = () => place.uri.replace('sqlite://', '');

function change(sql: string): void {
  const database = new Sqlite(file());
  database.exec(sql);
  database.close();
}

/** Metrics and traces read the log. */
const OBSERVERS = Symbol.for('ask-next.log-observers');

/** Which connections are open: SQLite deletes its `-wal` file with the last one. */
async function open(): Promise<{ store: boolean; observers: number; redis: boolean }> {
  const store = existsSync(`${file()}-wal`);
  const observers = (globalThis as { [OBSERVERS]?: unknown[] })[OBSERVERS]?.length ?? 0;
  if (!redis) return { store, observers, redis: store };
  const client = new Redis(redis.url);
  const clients = String(await client.call('client', 'list'));
  client.disconnect();
  return { store, observers, redis: clients.trim().split('\n').length > 1 };
}

test('a failed start closes what it opened, and the next start opens it again', async () => {
  const nothing = { store: false, observers: 0, redis: false };
  // The store opens, and then the recovery of turns fails.
  change('alter table turns rename to turns_away');
  await expect(services()).rejects.toThrow();
  await expect.poll(open).toEqual(nothing);
  change('alter table turns_away rename to turns');
  const opened = await services();
  expect(await open()).toEqual({ store: true, observers: 1, redis: true });
  expect(await services()).toBe(opened);
  await opened.close();
  await expect.poll(open).toEqual(nothing);
});
