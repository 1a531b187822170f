import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POSTGRES, type EmptyDatabase } from '@/tests/databases/engines';
import { atLength } from '@/tests/faults/chance';
import { openDatabase, type Db } from './client';
import { migrate } from './migrate';

const unavailable = { failure: { kind: 'unavailable', retryAfterSeconds: 5 } };
/** More than the pool holds, so that a leaked connection would be noticed. */
const LOSSES = 15;

let place: EmptyDatabase;
let db: Db;
let operator: pg.Client;

beforeAll(async () => {
  place = await POSTGRES.empty();
  await migrate(place.database);
  db = await openDatabase(place.database);
  operator = new pg.Client({ connectionString: place.uri });
  await operator.connect();
});
afterAll(async () => {
  await db.close();
  await operator.end();
  await place.remove();
});

const endAllConnections = () =>
  operator.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
const count = () =>
  db.transaction(async (query) => (await query.select().from(db.tables.sessions)).length);

test('a connection lost inside a transaction is unavailable, and no connection leaks', async () => {
  for (let lost = 0; lost < LOSSES; lost += 1) {
    const cut = db.transaction(async (query) => {
      await query.select().from(db.tables.sessions);
      await endAllConnections();
      return query.select().from(db.tables.sessions);
    });
    await expect(cut).rejects.toMatchObject(unavailable);
  }
  expect(await count()).toBe(0);
});

test('a connection lost during a query is unavailable', async () => {
  const slow = Promise.allSettled([
    db.read((query) => query.select({ slept: sql`pg_sleep(30)` }).from(sql`(values (1)) as one`)),
  ]);
  await expect
    .poll(async () => {
      const { rows } = await operator.query(
        `select pid from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()`,
      );
      return rows.length;
    })
    .toBe(1);
  await endAllConnections();
  expect(await slow).toMatchObject([{ status: 'rejected', reason: unavailable }]);
});

test('connections lost while idle fail at most one query', async () => {
  await Promise.all(Array.from({ length: LOSSES }, count));
  await endAllConnections();
  // It may get a dead connection or a new one, but never hangs.
  const [first] = await Promise.allSettled([count()]);
  const reason: unknown = first.status === 'rejected' ? first.reason : unavailable;
  expect(reason).toMatchObject(unavailable);
  expect(await Promise.all(Array.from({ length: LOSSES }, count))).toEqual(
    Array.from({ length: LOSSES }, () => 0),
  );
});

test('an unreachable server is unavailable', async () => {
  const away = await openDatabase({ dialect: 'postgres', url: 'postgres://ask:ask@127.0.0.1:1/x' });
  await expect(away.appliedMigrations()).rejects.toMatchObject(unavailable);
  await expect(away.transaction(() => Promise.resolve())).rejects.toMatchObject(unavailable);
  await away.close();
});

test.runIf(atLength())(
  'a transaction that waits too long ends on the server, too (only at length)',
  async () => {
    await operator.query('begin; lock table sessions in access exclusive mode');
    await expect(count()).rejects.toMatchObject(unavailable);
    await expect
      .poll(async () => {
        const { rows } = await operator.query(
          `select pid from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length;
      })
      .toBe(0);
    await operator.query('rollback');
    expect(await count()).toBe(0);
  },
  30_000,
);
