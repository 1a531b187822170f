import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SQLITE, type EmptyDatabase } from '@/tests/databases/engines';
import { openStore, type Store } from '@/db/store';

const owner = 'somebody';
let place: EmptyDatabase;
let store: Store;
/** Another program with the same file, such as a backup. */
let other: Sqlite.Database;

beforeEach(async () => {
  place = await SQLITE.empty();
  store = await openStore(place.database);
  if (place.database.dialect !== 'sqlite') throw new Error('not SQLite');
  other = new Sqlite(place.database.file);
});
afterEach(async () => {
  other.close();
  await store.close();
  await place.remove();
});

const create = () =>
  store.sessions.create({ id: randomUUID(), owner, title: null, now: new Date() });

test("a write waits for another program's lock while reads and the event loop go on", async () => {
  other.exec('BEGIN IMMEDIATE');
  const created = create();
  let turnsOfTheLoop = 0;
  while (turnsOfTheLoop < 5) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await store.sessions.list({ owner, limit: 5, after: null })).toEqual([]);
    turnsOfTheLoop += 1;
  }
  other.exec('COMMIT');
  const { id } = await created;
  expect(await store.sessions.get(owner, id)).toMatchObject({ id });
});

test('a lock that stays makes all waiting transactions unavailable after five seconds', async () => {
  other.exec('BEGIN IMMEDIATE');
  const startedAt = performance.now();
  const refused = await Promise.allSettled([create(), create(), create(), store.turns.canWrite()]);
  // One after the other they would take twenty.
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  for (const { status, ...rest } of refused) {
    expect(status).toBe('rejected');
    expect(rest).toMatchObject({
      reason: { failure: { kind: 'unavailable', retryAfterSeconds: 5 } },
    });
  }
  other.exec('COMMIT');
  await store.turns.canWrite();
  expect(await create()).toMatchObject({ owner });
}, 60_000);
