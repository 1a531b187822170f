import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openDatabase, type Db } from '@/db/engine/client';
import { openStore, type Store } from '@/db/store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import { searchIndexed } from '@/tests/databases/search-indexed';

describe.each(ENGINES)('texts that wait to be indexed on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let session: StoredSession;
  givenSessions(empty, (given) => {
    ({ place, store, session } = given);
  });

  const search = (q: string, owner = session.owner, from = store) =>
    from.search.find({ owner, q, filter: {}, below: null });

  /** Writes messages as a version without an index does, or a program that knows nothing of it. */
  async function insert(count: number, first = 1): Promise<void> {
    const rows = Array.from({ length: count }, (_, n) => ({
      id: randomUUID(),
      sessionId: session.sessionId,
      seq: first + n,
      role: 'user' as const,
      content: `orphan ${String(n)}`,
      createdAt: at(n),
    }));
    await inTables(async (db) => {
      await db.transaction((query) => query.insert(db.tables.messages).values(rows));
    });
  }

  async function inTables(run: (db: Db) => Promise<void>): Promise<void> {
    const db = await openDatabase(place.database);
    await run(db).finally(() => db.close());
  }

  async function numbersFound(): Promise<number[]> {
    const { owner } = session;
    const numbers: number[] = [];
    let below: number | null = null;
    do {
      const page = await searchIndexed(store, { owner, q: 'orphan', filter: {}, below });
      numbers.push(...page.hits.map(({ snippet }) => Number(snippet.split(' ')[1])));
      below = page.next;
    } while (below !== null);
    return numbers;
  }

  const indexAll = async (by = store) => {
    while (await by.search.indexSome()) continue;
  };

  test('are indexed by the search that they are for', async () => {
    await insert(10);
    const { owner } = session;
    const { hits } = await searchIndexed(store, { owner, q: 'orphan', filter: {}, below: null });
    expect(hits).toHaveLength(10);
  });

  test('are found once they are indexed, and until then a search says that some are missing', async () => {
    await insert(200);
    expect(await search('orphan')).toMatchObject({ isIndexing: true });
    await indexAll();
    expect(await search('orphan')).toMatchObject({ isIndexing: false });
    expect(await numbersFound()).toEqual(Array.from({ length: 200 }, (_, n) => 199 - n));
  });

  test('go on waiting when the process ends half way, and are indexed once', async () => {
    await insert(100);
    const killed = await openStore(place.database);
    expect(await killed.search.indexSome()).toBe(true);
    await killed.close();
    expect((await search('orphan')).isIndexing).toBe(true);
    const [one, two] = [await openStore(place.database), await openStore(place.database)];
    await Promise.all([indexAll(one), indexAll(two)]);
    await Promise.all([one.close(), two.close()]);
    expect(await numbersFound()).toEqual(Array.from({ length: 100 }, (_, n) => 99 - n));
  });

  test('follow their session to another owner', async () => {
    const { owner, sessionId } = session;
    await session.append('heirloom');
    await store.sessions.change({ owner, id: sessionId, title: 'Heirlooms', now: at(2) });
    const heir = randomUUID();
    await inTables(async (db) => {
      const { sessions } = db.tables;
      await db.transaction((query) =>
        query.update(sessions).set({ owner: heir }).where(eq(sessions.id, sessionId)),
      );
    });
    expect((await search('heirloom')).hits).toEqual([]);
    await indexAll();
    expect((await search('heirloom')).hits).toEqual([]);
    expect((await search('heirloom', heir)).hits).toHaveLength(2);
  });

  test('that are gone by then leave no trace', async () => {
    const { owner } = session;
    await insert(3);
    await store.owners.forget(owner, at(5));
    await store.owners.purge(owner);
    await indexAll();
    await inTables(async ({ read, tables: { searchDocs, searchPending } }) => {
      const left = await read(async (query) => [
        await query
          .select({ id: searchDocs.id })
          .from(searchDocs)
          .where(eq(searchDocs.owner, owner)),
        await query.select({ id: searchPending.id }).from(searchPending),
      ]);
      expect(left).toEqual([[], []]);
    });
  });
});
