import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { turns } from './schema.postgres';
import { POSTGRES } from '@/tests/databases/engines';
import { PGBOUNCER, startPgBouncer } from '@/tests/databases/pgbouncer';
import { at, createSession } from '@/tests/setup/stored-session';
import { said } from '@/tests/setup/entries';
import { openStore, type Store } from '@/db/store';
import { searchIndexed } from '@/tests/databases/search-indexed';

const { query } = pg.Client.prototype;
const sent: { name?: string; text: string }[] = [];
afterEach(() => {
  pg.Client.prototype.query = query;
});

/** Still calls the driver. */
function record(): void {
  pg.Client.prototype.query = function recorded(this: pg.Client, ...input: unknown[]) {
    const [asked] = input;
    sent.push(typeof asked === 'string' ? { text: asked } : (asked as { text: string }));
    return Reflect.apply(query, this, input) as unknown;
  } as typeof query;
}

test('nothing depends on the connection, which behind a pooler changes with each transaction', async () => {
  const place = await POSTGRES.empty();
  const store = await openStore(place.database);
  record();
  const session = await createSession(store);
  const { requestId } = (await session.begin()).turn;
  await store.turns.appendEntries([{ requestId, entries: said('Once') }]);
  await store.turns.heartbeat({ instance: 'here', requestIds: [requestId], now: at(2) });
  await store.turns.renewTurns([requestId], at(2));
  await session.end(requestId, { state: 'complete', entries: said('Once upon') });
  await store.sessions.list({ owner: session.owner, limit: 50, after: null });
  const { owner } = session;
  const { hits } = await searchIndexed(store, { owner, q: 'once', filter: {}, below: null });
  expect(hits).toHaveLength(1);
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter(({ name }) => name)).toEqual([]);
  const ofConnection = /^\s*(set (?!local)|listen|prepare|declare|create temp)|pg_advisory_lock\(/i;
  expect(sent.filter(({ text }) => ofConnection.test(text))).toEqual([]);
  await store.close();
  await place.remove();
});

test.skipIf(PGBOUNCER === null)(
  'PgBouncer serves many clients with two connections (needs pgbouncer)',
  async () => {
    const pooler = await startPgBouncer(inject('postgres'));
    const place = await POSTGRES.bare();
    const { pathname } = new URL(place.uri);
    const database = { dialect: 'postgres', url: `${pooler.url}${pathname}` } as const;
    // Each migrates, or finds that another one has.
    const stores = await Promise.all([database, database].map((each) => openStore(each)));
    const allTurns = stores.flatMap((store) => Array.from({ length: 4 }, () => oneTurn(store)));
    for (const contents of await Promise.all(allTurns))
      expect(contents).toEqual(['hello', 'Once upon']);
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
    await pooler.stop();
  },
);

async function oneTurn(store: Store): Promise<string[]> {
  const session = await createSession(store);
  const { owner } = session;
  const { requestId } = (await session.begin()).turn;
  await store.turns.appendEntries([{ requestId, entries: said('Once') }]);
  await store.turns.heartbeat({ instance: 'here', requestIds: [requestId], now: at(2) });
  await store.turns.renewTurns([requestId], at(2));
  await session.end(requestId, { state: 'complete', entries: said('Once upon') });
  await store.search.find({ owner, q: 'upon', filter: {}, below: null });
  return session.contents();
}

test('no index has the heartbeat of turns, so that its updates write no index', () => {
  const columns = getTableConfig(turns).indexes.flatMap(({ config }) =>
    config.columns.map((column) => ('name' in column ? column.name : '')),
  );
  expect(columns).toContain('owner');
  expect(columns).not.toContain('heartbeat');
});
