import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '@/db/engine/client';
import { UNBOUNDED } from '@/db/quotas/bounds';
import { openStore, type Store } from '@/db/store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { said } from '@/tests/setup/entries';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';

const notFound = { failure: { kind: 'not-found' } };

/** A new session from a message on. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let session: StoredSession;
  let owner: string;
  let id: string;

  givenSessions(empty, (given) => {
    ({ place, store, session } = given);
    ({ owner, sessionId: id } = session);
  });

  const fork = (messageId: string, newId: string = randomUUID(), on = store) =>
    on.branches.fork({ owner, id, messageId, newId, now: at(5) });

  const told = async () => {
    const { turn } = await session.begin({ text: 'one' });
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const entries = [...said('hm'), { at: 2, kind: 'reasoning' as const, text: 'thought' }];
    await session.end(turn.requestId, { entries, usage, thoughtMs: 7 });
    return turn;
  };

  test('has the branch up to the message and the settings, and shares nothing', async () => {
    await store.sessions.change({ owner, id, title: 'A title', tags: ['x', 'y'], now: at(1) });
    const first = await told();
    await session.editMemory({ memory: '- likes tea', enabled: false });
    await session.append('two');
    const before = await store.messages.branch({ owner, sessionId: id });
    const { id: copy } = await fork(first.replyId);
    expect(await store.sessions.get(owner, copy)).toMatchObject({
      title: 'A title',
      tags: ['x', 'y'],
      opening: 'one',
      memory: '- likes tea',
      memoryEnabled: false,
      contextTokens: 3,
      tokens: 0,
    });
    const copies = await store.messages.branch({ owner, sessionId: copy });
    const content = before
      .slice(0, 2)
      .map(({ content: text, parts, seq }) => ({ text, parts, seq }));
    expect(copies.map(({ content: text, parts, seq }) => ({ text, parts, seq }))).toEqual(content);
    expect(copies[1]?.parent).toBe(copies[0]?.id);
    expect(copies[1]?.thoughtMs).toBe(7);
    expect(await store.turns.endsOf(owner, [copies[1]?.turn ?? ''])).toHaveLength(1);
    expect(await store.memory.revisions(owner, copy, 5)).toMatchObject([{ text: '- likes tea' }]);
    expect(await store.messages.branch({ owner, sessionId: id })).toEqual(before);
  });

  test('is counted to the byte, and refused over a quota with nothing left', async () => {
    const { replyId } = await told();
    await session.editMemory({ memory: '- likes tea' });
    await fork(replyId);
    const db = await openDatabase(place.database);
    const counts = await recount(db, owner);
    expect(counts.counted).toEqual(counts.found);
    const full = await openStore(place.database, { ...UNBOUNDED, OWNER_MAX_MESSAGES: 5 });
    const refused = { failure: { kind: 'over-quota', reason: 'OWNER_MAX_MESSAGES' } };
    await expect(fork(replyId, randomUUID(), full)).rejects.toMatchObject(refused);
    expect(await recount(db, owner)).toEqual(counts);
    await Promise.all([full.close(), db.close()]);
  });

  test('a cut reply can be continued in the new session', async () => {
    const { turn } = await session.begin({ text: 'a story' });
    await session.end(turn.requestId, { state: 'interrupted', entries: said('Once') });
    const { id: sessionId } = await fork(turn.replyId);
    const [, cut] = await store.messages.branch({ owner, sessionId });
    const { turn: more } = await session.goOn(cut?.turn ?? '', { sessionId });
    await session.end(more.requestId, { entries: said('Once upon') });
    const texts = async (of: string) =>
      (await store.messages.branch({ owner, sessionId: of })).map(({ content }) => content);
    expect(await texts(sessionId)).toEqual(['a story', 'Once upon']);
    expect(await texts(id)).toEqual(['a story', 'Once']);
  });

  test('what was forgotten stays forgotten', async () => {
    const { replyId } = await told();
    await session.editMemory({ memory: '- secret' });
    await session.editMemory({ memory: null });
    const { id: sessionId, memory } = await fork(replyId);
    expect(memory).toBeNull();
    const [, reply] = await store.messages.branch({ owner, sessionId });
    expect(await store.memory.toMerge({ sessionId, turn: reply?.turn ?? '' })).toBeNull();
  });

  test('the same request twice makes one session, and a running reply is left out', async () => {
    const { turn } = await session.begin({ text: 'one' });
    const newId = randomUUID();
    const [first, second] = await Promise.all([
      fork(turn.replyId, newId),
      fork(turn.replyId, newId),
    ]);
    expect(second).toEqual(first);
    expect(await store.messages.branch({ owner, sessionId: newId })).toMatchObject([
      { content: 'one' },
    ]);
    expect(await store.turns.runningIn(owner, newId)).toEqual([]);
  });

  test("another owner's session and an unknown message are not found", async () => {
    const { replyId } = await told();
    const theirs = { owner: 'other', id, messageId: replyId, newId: randomUUID(), now: at(5) };
    await expect(store.branches.fork(theirs)).rejects.toMatchObject(notFound);
    await expect(fork('unknown')).rejects.toMatchObject(notFound);
  });

  test('a long session is copied in the order of its messages', async () => {
    for (let n = 0; n < 70; n += 1) await session.append(`message ${String(n)}`);
    const branch = await store.messages.branch({ owner, sessionId: id });
    const { id: sessionId } = await fork(branch[68]?.id ?? '');
    const texts = await store.messages.branch({ owner, sessionId });
    expect(texts.map(({ content }) => content)).toEqual(
      branch.slice(0, 69).map(({ content }) => content),
    );
  });
});
