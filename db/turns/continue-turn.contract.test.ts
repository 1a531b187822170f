import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';
import { said, textFrom } from '@/tests/setup/entries';

const notFound = { failure: { kind: 'not-found' } };
const conflict = { failure: { kind: 'conflict' } };

/** Continuing a reply. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let owner: string;
  let sessionId: string;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    ({ owner, sessionId } = session);
  });

  const cutOff = async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId, { state: 'interrupted', entries: said('Once') });
    return turn.requestId;
  };

  test('a continuation gets question, text and context, and stays in its place', async () => {
    await session.append('before');
    const { begun, turn } = await session.goOn(await cutOff());
    expect(begun).toMatchObject({
      kind: 'started',
      question: 'hello',
      reply: said('Once'),
      context: { messages: [{ role: 'user', content: 'before' }] },
    });
    expect(await textFrom(store.turns, turn.requestId, 2)).toBe('ce');
    expect(await session.contents()).toEqual(['before', 'hello', 'Once']);
    await session.end(turn.requestId, { entries: said('Once upon') });
    expect(await session.contents()).toEqual(['before', 'hello', 'Once upon']);
    expect(await textFrom(store.turns, turn.requestId, 0)).toBe('Once upon');
  });

  test('a continuation without output leaves the reply as it was: text, state and tokens', async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId, { state: 'stopped', entries: said('Once '), tokens: 7 });
    const { turn: wordless } = await session.goOn(turn.requestId);
    const failure = { kind: 'upstream', reason: 'empty' } as const;
    await session.end(wordless.requestId, {
      state: 'interrupted',
      entries: said('Once '),
      failure,
    });
    const [, reply] = await store.messages.branch({ owner, sessionId });
    expect(reply).toMatchObject({ content: 'Once ', state: 'stopped', tokens: 7 });
    const { begun } = await session.goOn(wordless.requestId);
    expect(begun, 'and it can be continued again').toMatchObject({ kind: 'started' });
  });

  test('the facts of a continued reply are those of all its turns, and the session counts every turn', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 };
    const cut = { state: 'interrupted', entries: said('Once'), usage, tokens: 3 } as const;
    const { turn } = await session.begin();
    await session.end(turn.requestId, { ...cut, firstTokenMs: 5, totalMs: 100 });
    const { turn: more } = await session.goOn(turn.requestId);
    const entries = said('Once upon');
    await session.end(more.requestId, {
      ...cut,
      entries,
      tokens: null,
      firstTokenMs: 7,
      totalMs: 50,
    });
    const [, reply] = await store.messages.branch({ owner, sessionId });
    expect(reply).toMatchObject({
      model: 'm',
      tokens: 6,
      usage: { prompt_tokens: 20, completion_tokens: 6, total_tokens: 26 },
      firstTokenMs: 5,
      totalMs: 150,
    });
    const counted = { tokens: 26, contextTokens: 13 };
    expect(await store.sessions.get(owner, sessionId)).toMatchObject(counted);
    const { turn: uncounted } = await session.goOn(more.requestId);
    await session.end(uncounted.requestId, { entries: said('Once upon a') });
    const [, last] = await store.messages.branch({ owner, sessionId });
    expect(last).toMatchObject({ tokens: null, usage: null, firstTokenMs: 5, totalMs: null });
    expect(await store.sessions.get(owner, sessionId)).toMatchObject(counted);
  });

  test('a continued reply keeps how long the model thought, also after a kill', async () => {
    const cut = { state: 'interrupted', entries: said('Once') } as const;
    const { turn } = await session.begin();
    await session.end(turn.requestId, { ...cut, thoughtMs: 1200 });
    const { turn: more, begun } = await session.goOn(turn.requestId);
    expect(begun).toMatchObject({ kind: 'started', thoughtMs: 1200 });
    await session.end(more.requestId, { ...cut, entries: said('Once upon'), thoughtMs: null });
    const [, killed] = await store.messages.branch({ owner, sessionId });
    expect(killed).toMatchObject({ content: 'Once upon', thoughtMs: 1200 });
    const { turn: last } = await session.goOn(more.requestId);
    await session.end(last.requestId, { entries: said('Once upon a'), thoughtMs: 2000 });
    const [, reply] = await store.messages.branch({ owner, sessionId });
    expect(reply).toMatchObject({ thoughtMs: 2000 });
  });

  test('a continuation without output leaves the facts of its reply as they were, and counts for the session', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 };
    const { turn } = await session.begin();
    const stopped = { state: 'stopped', entries: said('Once'), usage, tokens: 3 } as const;
    await session.end(turn.requestId, { ...stopped, totalMs: 100 });
    const { turn: wordless } = await session.goOn(turn.requestId);
    const failure = { kind: 'upstream', reason: 'empty' } as const;
    const nothing = { state: 'interrupted', entries: said('Once'), failure, usage } as const;
    await session.end(wordless.requestId, { ...nothing, totalMs: 50 });
    const [, reply] = await store.messages.branch({ owner, sessionId });
    expect(reply).toMatchObject({ tokens: 3, usage, firstTokenMs: 3, totalMs: 100 });
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({ tokens: 26 });
  });

  test('a reply of the maximum length is not continued', async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId, { state: 'stopped', entries: said('x'.repeat(10)) });
    const continued = session.goOn(turn.requestId, { replyMaxChars: 10 });
    await expect(continued).rejects.toMatchObject(conflict);
    await expect(continued).rejects.toMatchObject({ failure: { reason: 'reply-full' } });
  });

  test('only one turn continues a reply, and a repeated key joins it', async () => {
    const cut = await cutOff();
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const both = await Promise.all([
      session.goOn(cut, { idempotency }),
      session.goOn(cut, { idempotency }),
    ]);
    expect(both.map(({ begun }) => begun.kind).toSorted()).toEqual(['joined', 'started']);
    await expect(session.goOn(cut)).rejects.toMatchObject(conflict);
    const [running] = await store.turns.runningIn(owner, sessionId);
    await expect(session.goOn(running ?? '')).rejects.toMatchObject(conflict);
    await expect(
      session.goOn(cut, { idempotency: { ...idempotency, bodyHash: 'other' } }),
    ).rejects.toMatchObject({ failure: { kind: 'key-reused' } });
  });

  test('only the last reply, stopped or interrupted, of this owner and session can be continued', async () => {
    const { turn: whole } = await session.begin();
    await session.end(whole.requestId);
    const { turn: wordless } = await session.begin();
    await session.end(wordless.requestId, { state: 'stopped', entries: said('') });
    const cut = await cutOff();
    const elsewhere = randomUUID();
    await store.sessions.create({ id: elsewhere, owner, title: null, now: at(0) });
    await expect(session.goOn('unknown')).rejects.toMatchObject(notFound);
    await expect(session.goOn(cut, { owner: 'other' })).rejects.toMatchObject(notFound);
    await expect(session.goOn(cut, { sessionId: elsewhere })).rejects.toMatchObject(notFound);
    await expect(session.goOn(whole.requestId)).rejects.toMatchObject(conflict);
    await expect(session.goOn(wordless.requestId)).rejects.toMatchObject(conflict);
    await session.append('later');
    await expect(session.goOn(cut)).rejects.toMatchObject(conflict);
    expect(await store.turns.runningIn(owner, sessionId)).toEqual([]);
  });
});
