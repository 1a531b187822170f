import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import { said, textFrom } from '@/tests/setup/entries';
import { openDatabase } from '@/db/engine/client';
import type { Store } from '@/db/store';

const notFound = { failure: { kind: 'not-found' } };

/** Deleted sessions: in the trash, restored, and removed for good. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let session: StoredSession;
  let owner: string;
  let sessionId: string;

  givenSessions(empty, (given) => {
    ({ place, store, session } = given);
    ({ owner, sessionId } = session);
  });

  test('a deleted session can be restored until it is purged', async () => {
    const { turn } = await session.begin();
    await store.turns.appendEntries([{ requestId: turn.requestId, entries: said('h') }]);
    await session.end(turn.requestId);
    await session.editMemory({ memory: '- tea' });
    await store.sessions.remove(owner, sessionId, at(5));
    await expect(store.sessions.get(owner, sessionId)).rejects.toMatchObject(notFound);
    await expect(store.sessions.remove(owner, sessionId, at(5))).rejects.toMatchObject(notFound);
    await expect(store.sessions.restore('other', sessionId, at(5))).rejects.toMatchObject(notFound);
    for (const again of [5, 6]) await store.sessions.restore(owner, sessionId, at(again));
    expect(await session.contents()).toEqual(['hello', 'hi']);
    await store.sessions.remove(owner, sessionId, at(5));
    await store.sessions.purge(at(6));
    await expect(store.sessions.restore(owner, sessionId, at(5))).rejects.toMatchObject(notFound);
    expect(await store.turns.find(owner, turn.requestId)).toBeNull();
    expect(await textFrom(store.turns, turn.requestId, 0)).toBe('');
  });

  test("the trash lists its owner's restorable sessions, newest deletion first", async () => {
    const second = randomUUID();
    await store.sessions.create({ id: second, owner, title: 'Second', now: at(1) });
    const trash = (whose: string, id?: string) =>
      store.sessions.list({ owner: whose, list: 'deleted', since: at(4), limit: 10, id });
    expect(await trash(owner)).toEqual([]);
    await store.sessions.remove(owner, sessionId, at(5));
    await store.sessions.remove(owner, second, at(6));
    const found = await trash(owner);
    expect(found.map(({ id }) => id)).toEqual([second, sessionId]);
    expect(found[0]).toMatchObject({ title: 'Second', deletedAt: at(6) });
    expect(await trash(owner, sessionId)).toMatchObject([{ id: sessionId, deletedAt: at(5) }]);
    expect(await trash('other')).toEqual([]);
    expect(await trash('other', sessionId)).toEqual([]);
    await store.sessions.restore(owner, second, at(7));
    expect(await trash(owner, second)).toEqual([]);
    await store.owners.emptyTrash(owner, at(8));
    expect(await trash(owner)).toEqual([]);
  });

  test('the trash comes in pages without gap or repeat', async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    for (const [n, id] of ids.entries()) {
      await store.sessions.create({ id, owner, title: null, now: at(1) });
      await store.sessions.remove(owner, id, at(2 + Math.floor(n / 2)));
    }
    const seen: string[] = [];
    let after = null;
    for (;;) {
      const page = await store.sessions.list({ owner, list: 'deleted', limit: 2, after });
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1) ?? null;
      if (page.length < 2) break;
    }
    expect(seen).toHaveLength(ids.length);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  test('only a session in the trash is removed for good, by its owner, with all its rows', async () => {
    await session.append('a secret');
    const remove = (whose: string) => store.sessions.removeForGood(whose, sessionId, at(6));
    await expect(remove(owner)).rejects.toMatchObject(notFound);
    await store.sessions.remove(owner, sessionId, at(5));
    await expect(remove('other')).rejects.toMatchObject(notFound);
    await remove(owner);
    await expect(remove(owner)).rejects.toMatchObject(notFound);
    await expect(store.sessions.restore(owner, sessionId, at(7))).rejects.toMatchObject(notFound);
    expect(await store.sessions.list({ owner, list: 'deleted', limit: 5 })).toEqual([]);
    await store.owners.purge(owner);
    const db = await openDatabase(place.database);
    const { messages } = db.tables;
    const left = await db.read((query) =>
      query.select().from(messages).where(eq(messages.sessionId, sessionId)),
    );
    expect(left).toEqual([]);
    await db.close();
  });

  test('a purged session leaves no row, and a turn that still ran ends without one', async () => {
    const { turn } = await session.begin();
    await store.turns.appendEntries([{ requestId: turn.requestId, entries: said('h') }]);
    await session.editMemory({ memory: '- tea' });
    await store.sessions.remove(owner, sessionId, at(5));
    await store.sessions.purge(at(6));
    expect(await session.end(turn.requestId)).toMatchObject({ state: 'complete', replyId: null });
    const db = await openDatabase(place.database);
    const { sessions, messages, turns, turnEvents, memoryRevisions } = db.tables;
    const left = await db.read((query) =>
      Promise.all([
        query.select().from(sessions).where(eq(sessions.id, sessionId)),
        query.select().from(messages).where(eq(messages.sessionId, sessionId)),
        query.select().from(turns).where(eq(turns.requestId, turn.requestId)),
        query.select().from(turnEvents).where(eq(turnEvents.requestId, turn.requestId)),
        query.select().from(memoryRevisions).where(eq(memoryRevisions.sessionId, sessionId)),
      ]),
    );
    expect(left.flat()).toEqual([]);
    await db.close();
  });
});
