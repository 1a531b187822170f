import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { newTurn } from '@/tests/setup/bounded-stores';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { openDatabase, type Db } from '@/db/engine/client';
import { ROUND } from '@/db/engine/rounds';
import { openStore, type Store } from './store';
import { said } from '@/tests/setup/entries';

const notFound = { failure: { kind: 'not-found' } };
const DAY_MS = 86_400_000;
const long = { timeout: 60_000 };

/** Permanent deletion. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let db: Db;

  beforeEach(async () => {
    place = await empty();
    store = await openStore(place.database);
    db = await openDatabase(place.database);
  });
  afterEach(async () => {
    await db.close();
    await store.close();
    await place.remove();
  });

  /** All rows of an owner, in all tables. */
  const rowsOf = (owner: string) =>
    db.read(async (query) => {
      const { owners, sessions, turns } = db.tables;
      const rows = await Promise.all([
        query.select().from(owners).where(eq(owners.owner, owner)),
        query.select().from(sessions).where(eq(sessions.owner, owner)),
        query.select().from(turns).where(eq(turns.owner, owner)),
      ]);
      return rows.flat();
    });
  const allRows = () =>
    db.read(async (query) => {
      const { messages, turnEvents, memoryRevisions, ...rest } = db.tables;
      const tables = [
        messages,
        turnEvents,
        memoryRevisions,
        rest.sessions,
        rest.turns,
        rest.owners,
      ];
      const rows = await Promise.all(tables.map((table) => query.select().from(table)));
      return rows.flat();
    });

  /** A session with rows in each table, and a turn without a session. */
  const fill = async (session: StoredSession) => {
    const { turn } = await session.begin();
    await store.turns.appendEntries([{ requestId: turn.requestId, entries: said('h') }]);
    await session.end(turn.requestId);
    const failing = await session.begin();
    await session.end(failing.turn.requestId, { state: 'failed', entries: said('') });
    await session.editMemory({ memory: '- tea' });
    const running = await session.begin();
    const idempotency = { key: randomUUID(), bodyHash: 'x' };
    await store.turns.begin(newTurn(session.owner, at(1), { idempotency }));
    return running.turn;
  };

  test('forgetting an owner deletes all their rows, and no rows of others', async () => {
    const other = await createSession(store);
    await fill(other);
    const before = await allRows();
    const mine = await createSession(store);
    const running = await fill(mine);
    await store.sessions.create({ id: randomUUID(), owner: mine.owner, title: null, now: at(1) });
    await store.owners.forget(mine.owner, at(9));
    await expect(store.sessions.get(mine.owner, mine.sessionId)).rejects.toMatchObject(notFound);
    await expect(store.sessions.restore(mine.owner, mine.sessionId, at(9))).rejects.toMatchObject(
      notFound,
    );
    expect(await store.sessions.list({ owner: mine.owner, limit: 9, after: null })).toEqual([]);
    await store.owners.purge(mine.owner);
    expect(await allRows()).toEqual(before);
    expect(await mine.end(running.requestId)).toMatchObject({ replyId: null });
    expect(await rowsOf(mine.owner)).toEqual([]);
  });

  test('another process finishes a deletion after a crash, and newer data stays', async () => {
    const mine = await createSession(store);
    await fill(mine);
    await store.owners.forget(mine.owner, at(9));
    const since = randomUUID();
    await store.sessions.create({ id: since, owner: mine.owner, title: null, now: at(10) });
    const next = await openStore(place.database);
    const times = { now: at(11), unseenSince: at(-DAY_MS / 1000), emptySince: at(0) };
    await next.owners.prune(times);
    await next.owners.prune(times);
    await next.close();
    expect(await store.sessions.get(mine.owner, since)).toMatchObject({ id: since });
    const { counted, found } = await recount(db, mine.owner);
    expect(counted).toEqual(found);
    expect(found).toMatchObject({ sessions: 1, messages: 0, bytes: 0 });
  });

  test('a huge session is deleted in steps, without blocking requests', long, async () => {
    const { owner, sessionId, begin } = await createSession(store);
    const rows = ROUND * 5 + 3;
    const { messages } = db.tables;
    await begin();
    await db.transaction(async (query) => {
      const row = { sessionId, role: 'user' as const, content: 'x', createdAt: at(1) };
      const ids = Array.from({ length: rows }, (_, n) => `${sessionId}-${String(n)}`);
      for (let n = 0; n < rows; n += 1000)
        await query.insert(messages).values(
          ids.slice(n, n + 1000).map((id, m) => ({
            ...row,
            id,
            seq: n + m + 3,
            parent: n + m === 0 ? null : (ids[n + m - 1] ?? null),
          })),
        );
    });
    await store.sessions.remove(owner, sessionId, at(2));
    let turns = 0;
    let purging = true;
    const count = () => {
      turns += 1;
      if (purging) setImmediate(count);
    };
    setImmediate(count);
    await store.sessions.purge(at(3));
    purging = false;
    expect(await db.read((query) => query.select({ id: messages.id }).from(messages))).toEqual([]);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  test('two processes that purge the same session count it once', async () => {
    const { owner, sessionId, append } = await createSession(store);
    const kept = randomUUID();
    await store.sessions.create({ id: kept, owner, title: null, now: at(1) });
    for (let n = 0; n < 5; n += 1) await append('hello');
    await store.sessions.remove(owner, sessionId, at(2));
    const next = await openStore(place.database);
    await Promise.all([store.sessions.purge(at(3)), next.sessions.purge(at(3))]);
    await next.close();
    const { counted, found } = await recount(db, owner);
    expect(counted).toEqual(found);
    expect(found).toMatchObject({ sessions: 1, messages: 0, bytes: 0 });
  });

  test('visitors not seen for long are pruned; owners with a name and returning visitors are not', async () => {
    const create = async (owner: string) => {
      const id = randomUUID();
      await store.sessions.create({ id, owner, title: null, now: at(0) });
      return owner;
    };
    const [gone, back] = [await create('gone'), await create('back')];
    const named = [await create('key:ci'), await create('user:7')];
    await store.turns.begin(newTurn('nothing kept', at(0)));
    const later = (days: number) => new Date(at(0).getTime() + days * DAY_MS);
    await store.turns.begin(newTurn('only asked', later(350)));
    await store.owners.visited(back, later(0.5));
    await store.owners.visited(back, later(300));
    const now = later(401);
    await store.owners.prune({ now, unseenSince: later(1), emptySince: later(400) });
    expect(await rowsOf(gone)).toEqual([]);
    for (const owner of named) expect(await rowsOf(owner)).toHaveLength(2);
    expect(await rowsOf(back)).toMatchObject([{ seenAt: later(300) }, {}]);
    expect(await rowsOf('nothing kept')).toEqual([]);
    // Its turn is pruned elsewhere.
    expect(await rowsOf('only asked')).toMatchObject([{ state: 'running' }]);
  });
});
