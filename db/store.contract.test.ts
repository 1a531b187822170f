import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { ListName } from '@/lib/sessions/session';
import { openStore, type Store } from './store';
import { said } from '@/tests/setup/entries';

const notFound = { failure: { kind: 'not-found' } };
const conflict = { failure: { kind: 'conflict' } };

/** Sessions, their messages and their memory; whose they are, and whose turns. */
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

  test('the database is migrated, and migrating again changes nothing', async () => {
    expect(await store.isMigrated()).toBe(true);
    const again = await openStore(place.database);
    expect(await again.isMigrated()).toBe(true);
    await again.close();
  });

  test("no method finds another owner's session", async () => {
    const other = { owner: 'other', sessionId };
    const message = { role: 'user', content: 'x' } as const;
    const edit = { ...other, edit: { memory: 'x' }, revisionId: 'r', now: at(1) };
    for (const attempt of [
      () => store.sessions.get('other', sessionId),
      () =>
        store.sessions.change({
          owner: 'other',
          id: sessionId,
          title: 'x',
          now: at(1),
        }),
      () => store.sessions.remove('other', sessionId, at(1)),
      () => store.messages.branch(other),
      () => store.messages.append({ ...other, id: randomUUID(), message, now: at(1) }),
      () => store.memory.get('other', sessionId),
      () => store.memory.edit(edit),
      () => store.memory.revisions('other', sessionId, 5),
      () => session.begin({ owner: 'other' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject(notFound);
    }
    expect(await session.contents()).toEqual([]);
  });

  test('no method finds or changes a turn of another owner, not even with its ids', async () => {
    const { turn: broken } = await session.begin({ text: 'my words' });
    const failure = { kind: 'upstream', reason: 'refused' } as const;
    await session.end(broken.requestId, { state: 'failed', entries: said(''), failure });
    const { turn: cut } = await session.begin();
    await session.end(cut.requestId, { state: 'interrupted', entries: said('Once') });
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const { turn: running } = await session.begin({ idempotency });
    const ids = [broken, cut, running].map(({ requestId }) => requestId);

    const other = await createSession(store);
    for (const id of ids) {
      expect(await store.turns.find(other.owner, id)).toBeNull();
      expect(await store.turns.requestStop(other.owner, id)).toBe(false);
      expect(await store.turns.dismiss(other.owner, id, at(5))).toBe(false);
      // In a session of one's own, as no other is found.
      await expect(other.goOn(id)).rejects.toMatchObject(notFound);
    }
    expect(await store.turns.endsOf(other.owner, ids)).toEqual([]);
    expect(await store.turns.failedIn(other.owner, sessionId)).toEqual([]);
    expect(await store.turns.runningIn(other.owner, sessionId)).toEqual([]);
    expect(await store.turns.runningIn(other.owner)).toEqual([]);
    const { begun } = await other.begin({ retryOf: broken.requestId, idempotency });
    expect(begun.kind, 'and the same key is another key').toBe('started');

    expect(await store.turns.failedIn(owner, sessionId)).toMatchObject([{ text: 'my words' }]);
    expect(await store.turns.runningIn(owner)).toEqual([running.requestId]);
    expect(await store.turns.find(owner, running.requestId)).toMatchObject({
      stopRequested: false,
    });
    expect(await store.turns.endsOf(owner, ids)).toHaveLength(ids.length);
  });

  test('a running turn of a deleted session is still found by its owner, who must be able to stop it', async () => {
    const { turn } = await session.begin();
    await store.sessions.remove(owner, sessionId, at(3));
    expect(await store.turns.runningIn(owner, sessionId)).toEqual([turn.requestId]);
    expect(await store.turns.requestStop(owner, turn.requestId)).toBe(true);
    expect(await store.turns.find(owner, turn.requestId)).toMatchObject({ stopRequested: true });
  });

  test('the list is by last activity, in pages without gap or repeat', async () => {
    const ids = [sessionId];
    for (let n = 1; n < 7; n += 1) {
      const id = randomUUID();
      // Several with the same time: the id decides.
      await store.sessions.create({ id, owner, title: null, now: at(Math.floor(n / 3)) });
      ids.push(id);
    }
    const seen: string[] = [];
    let after = null;
    for (;;) {
      const page = await store.sessions.list({ owner, limit: 3, after });
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1) ?? null;
      if (page.length < 3) break;
    }
    expect(seen).toHaveLength(ids.length);
    expect(new Set(seen)).toEqual(new Set(ids));
    const times = await store.sessions.list({ owner, limit: 50, after: null });
    const order = times.map(({ lastActivity }) => lastActivity.getTime());
    expect(order).toEqual(order.toSorted((a, b) => b - a));
  });

  test('messages are ordered by number, whatever the clock', async () => {
    await session.append('first', 'user', at(9));
    await session.append('second', 'assistant', at(5));
    await session.append('third', 'user', at(1));
    expect(await session.contents()).toEqual(['first', 'second', 'third']);
    const branch = await store.messages.branch({ owner, sessionId });
    expect(branch.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const last = await store.messages.branch({ owner, sessionId, limit: 2 });
    expect(last.map(({ content }) => content)).toEqual(['second', 'third']);
    const before = await store.messages.branch({ owner, sessionId, limit: 2, before: last[0]?.id });
    expect(before.map(({ content }) => content)).toEqual(['first']);
  });

  test('concurrent appends give each message its own number', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => session.append(`message ${String(n)}`)));
    const branch = await store.messages.branch({ owner, sessionId });
    expect(branch.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  test('a session takes its opening from its first user message', async () => {
    await session.append('Good day', 'assistant');
    await session.append('  What is\n a turn?  ');
    await session.append('And a frame?');
    expect((await store.sessions.get(owner, sessionId)).opening).toBe('What is\n a turn?');
  });

  test('a stale version is refused and changes nothing', async () => {
    const { version } = await store.sessions.get(owner, sessionId);
    const rename = (title: string) =>
      store.sessions.change({ owner, id: sessionId, title, version, now: at(1) });
    expect(await rename('mine')).toMatchObject({ title: 'mine', version: version + 1 });
    await expect(rename('yours')).rejects.toMatchObject(conflict);
    await expect(session.editMemory({ memory: 'yours' }, { version })).rejects.toMatchObject(
      conflict,
    );
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({
      title: 'mine',
      memory: null,
    });
  });

  test('pinned sessions stay in the list, archived ones have a list of their own', async () => {
    const [old, none] = [randomUUID(), randomUUID()];
    for (const id of [old, none])
      await store.sessions.create({ id, owner, title: null, now: at(-9) });
    const change = (id: string, edit: { pinned?: boolean; archived?: boolean }, second: number) =>
      store.sessions.change({ owner, id, ...edit, now: at(second) });
    const ids = async (list: ListName, whose = owner) =>
      (await store.sessions.list({ owner: whose, list, limit: 9 })).map(({ id }) => id);
    await change(old, { pinned: true }, 1);
    await change(sessionId, { pinned: true }, 2);
    expect(await change(old, { pinned: true }, 3)).toMatchObject({ pinnedAt: at(1) });
    expect(await ids('pinned')).toEqual([sessionId, old]);
    expect((await ids('current'))[0]).toBe(sessionId);
    expect(await ids('current')).toHaveLength(3);

    const archived = await change(old, { archived: true }, 4);
    expect(archived).toMatchObject({ archivedAt: at(4), pinnedAt: at(1), lastActivity: at(-9) });
    expect(await ids('current')).not.toContain(old);
    expect(await ids('pinned')).toEqual([sessionId]);
    expect(await ids('archived')).toEqual([old]);
    expect(await ids('archived', 'other')).toEqual([]);
    await store.sessions.remove(owner, old, at(5));
    expect(await ids('archived')).toEqual([]);
    await store.sessions.restore(owner, old, at(6));
    expect(await ids('archived')).toEqual([old]);
    await change(old, { archived: false }, 7);
    expect(await ids('pinned'), 'a pin lasts').toEqual([sessionId, old]);
    await change(old, { pinned: false }, 8);
    expect(await ids('pinned')).toEqual([sessionId]);

    const { version } = await store.sessions.get(owner, old);
    await change(old, { archived: true }, 9);
    const stale = { owner, id: old, pinned: true, version, now: at(10) };
    await expect(store.sessions.change(stale)).rejects.toMatchObject(conflict);
    await expect(store.sessions.change({ ...stale, owner: 'other' })).rejects.toMatchObject(
      notFound,
    );
  });

  test.each<[string, () => Promise<unknown>]>([
    ['message', () => session.append('again')],
    ['turn', () => session.begin()],
  ])('a new %s brings an archived session back, and the end of a turn does not', async (_, add) => {
    const { turn } = await session.begin();
    await store.sessions.change({ owner, id: sessionId, archived: true, now: at(2) });
    await session.end(turn.requestId);
    const archived = { owner, list: 'archived', limit: 5 } as const;
    expect(await store.sessions.list(archived)).toHaveLength(1);
    await add();
    expect(await store.sessions.list(archived)).toEqual([]);
    expect(await store.sessions.list({ owner, limit: 5 })).toHaveLength(1);
  });

  test('a session lacks a title after its first exchange, until one is given, once', async () => {
    const lacks = (turn: string) => store.sessions.lacksTitle({ sessionId, turn });
    const give = (title: string) => store.sessions.giveTitle({ sessionId, title, now: at(4) });
    const failing = await session.begin();
    await session.end(failing.turn.requestId, { state: 'failed', entries: said('') });
    expect(await lacks(failing.turn.requestId)).toBe(false);
    const first = await session.begin();
    await session.end(first.turn.requestId);
    expect(await lacks(first.turn.requestId)).toBe(true);
    const second = await session.begin();
    await session.end(second.turn.requestId);
    expect(await lacks(second.turn.requestId)).toBe(false);
    expect(await lacks(randomUUID())).toBe(false);
    const { version, lastActivity } = await store.sessions.get(owner, sessionId);
    expect(await give('By the model')).toBe(true);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({
      title: 'By the model',
      version: version + 1,
      lastActivity,
    });
    expect(await lacks(first.turn.requestId)).toBe(false);
    expect(await give('Again')).toBe(false);

    const other = await createSession(store);
    const only = await other.begin();
    await other.end(only.turn.requestId);
    const again = await other.begin({ parent: null });
    await other.end(again.turn.requestId);
    for (const { requestId: turn } of [only.turn, again.turn])
      expect(await store.sessions.lacksTitle({ sessionId: other.sessionId, turn })).toBe(false);
    await store.sessions.remove(other.owner, other.sessionId, at(5));
    const gone = { sessionId: other.sessionId, title: 'x', now: at(6) };
    expect(await store.sessions.giveTitle(gone)).toBe(false);
  });

  test('a message of another session begins no page', async () => {
    await session.append('here');
    const elsewhere = randomUUID();
    await store.sessions.create({ id: elsewhere, owner, title: null, now: at(0) });
    const [message] = await store.messages.branch({ owner, sessionId });
    const page = { owner, sessionId: elsewhere, before: message?.id };
    expect(await store.messages.branch(page)).toEqual([]);
  });
});
