import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';
import { said } from '@/tests/setup/entries';

const failed = {
  state: 'failed',
  text: '',
  failure: { kind: 'upstream', reason: 'refused' },
} as const;

/** Turns as they end: their replies, and what is kept of those that failed. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let owner: string;
  let sessionId: string;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    ({ owner, sessionId } = session);
  });

  const listed = async () =>
    (await store.sessions.list({ owner, limit: 5, after: null })).map(({ id }) => id);

  test('a failed turn leaves the conversation and its words stay beside it until dismissed', async () => {
    await session.append('before');
    const { turn } = await session.begin();
    const later = await session.begin({ text: 'later' });
    expect(await session.end(turn.requestId, failed)).toMatchObject({
      state: 'failed',
      replyId: null,
    });
    await session.end(later.turn.requestId);
    expect(await session.contents()).toEqual(['before', 'later', 'hi']);
    expect(await store.turns.failedIn(owner, sessionId)).toEqual([
      {
        requestId: turn.requestId,
        text: 'hello',
        failure: failed.failure,
        createdAt: at(1),
        endedAt: expect.any(Date),
      },
    ]);
    expect(await store.turns.dismiss('other', turn.requestId, at(5))).toBe(false);
    expect(await store.turns.dismiss(owner, turn.requestId, at(5))).toBe(true);
    expect(await store.turns.failedIn(owner, sessionId)).toEqual([]);
  });

  test('a session of which nothing is left is deleted permanently with its last failed turn', async () => {
    const { turn: first } = await session.begin();
    await session.end(first.requestId, failed);
    const { turn: second } = await session.begin();
    expect(await store.turns.dismiss(owner, first.requestId, at(3))).toBe(true);
    await session.end(second.requestId, failed);
    expect(await listed()).toEqual([sessionId]);
    expect(await store.turns.dismiss(owner, second.requestId, at(4))).toBe(true);
    expect(await listed()).toEqual([]);
    expect(await store.sessions.list({ owner, list: 'deleted', limit: 5 })).toEqual([]);
    await expect(session.begin()).rejects.toThrow();
  });

  test.each<[string, () => Promise<unknown>]>([
    ['message', () => session.append('before')],
    ['memory', () => session.editMemory({ memory: '- likes tea' })],
    ['title', () => store.sessions.change({ owner, id: sessionId, title: 'Tea', now: at(1) })],
    ['running turn', () => session.begin()],
  ])('a session with a %s stays when its only failed turn is dismissed', async (_, put) => {
    await put();
    const { turn } = await session.begin();
    await session.end(turn.requestId, failed);
    await store.turns.dismiss(owner, turn.requestId, at(4));
    expect(await listed()).toEqual([sessionId]);
  });

  test('the owner can read why replies ended', async () => {
    const failure = { kind: 'cut-short', reason: 'length' } as const;
    const { turn } = await session.begin();
    await session.end(turn.requestId, { state: 'interrupted', failure, omitted: 3 });
    const ids = [turn.requestId, 'unknown'];
    expect(await store.turns.endsOf(owner, ids)).toEqual([
      { requestId: turn.requestId, failure, omitted: 3 },
    ]);
    expect(await store.turns.endsOf('other', ids)).toEqual([]);
    expect(await store.turns.endsOf(owner, [])).toEqual([]);
  });

  test('a failed first turn leaves the session as it was', async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId, failed);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({ head: null, opening: null });
  });

  test('a turn that is cut off before its first token keeps the question and no blank reply', async () => {
    const { turn } = await session.begin();
    const ended = await session.end(turn.requestId, {
      state: 'interrupted',
      entries: said(' \n'),
      failure: { kind: 'interrupted' },
    });
    expect(ended).toMatchObject({ state: 'interrupted', replyId: null });
    expect(await session.contents()).toEqual(['hello']);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({ head: turn.userMessageId });
  });

  test('a turn ends once: a second end returns the first', async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId);
    expect(
      await session.end(turn.requestId, { state: 'interrupted', entries: said('other') }),
    ).toMatchObject({
      state: 'complete',
      replyId: turn.replyId,
    });
    expect(await session.contents()).toEqual(['hello', 'hi']);
  });

  test('text that the process of a turn wrongly considered dead still has is added to the reply', async () => {
    const { turn } = await session.begin();
    const { requestId } = turn;
    const interrupted = { state: 'interrupted', failure: { kind: 'interrupted' } } as const;
    await session.end(requestId, { ...interrupted, entries: said('Once') });
    await session.append('meanwhile');
    const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };
    const whole = { entries: said('Once upon'), usage, tokens: 2 };
    expect(await session.end(requestId, whole)).toMatchObject({
      state: 'complete',
      replyId: turn.replyId,
    });
    expect(await session.contents()).toEqual(['hello', 'Once upon', 'meanwhile']);
    const [, reply] = await store.messages.branch({ owner, sessionId });
    expect(reply).toMatchObject({ tokens: 2, usage });
    const counted = { tokens: 9, contextTokens: 9 };
    expect(await store.sessions.get(owner, sessionId)).toMatchObject(counted);
    expect(await store.turns.find(owner, requestId)).toMatchObject({ state: 'complete' });
    // Another one that took it for dead comes too late.
    expect(await session.end(requestId, { ...interrupted, entries: said('Once') })).toMatchObject({
      state: 'complete',
    });
    expect(await session.contents()).toEqual(['hello', 'Once upon', 'meanwhile']);
  });

  test('ending a turn of a deleted session brings nothing back', async () => {
    const { turn } = await session.begin();
    await store.sessions.remove(owner, sessionId, at(2));
    await session.end(turn.requestId);
    expect(await store.sessions.list({ owner, limit: 5, after: null })).toEqual([]);
  });

  test('what was said after a reply stays when the reply comes to nothing', async () => {
    const { turn } = await session.begin();
    await session.append('meanwhile');
    await session.end(turn.requestId, { state: 'stopped', entries: said('') });
    expect(await session.contents()).toEqual(['hello', 'meanwhile']);
  });

  test('a session whose first turn failed takes its opening from what is still there', async () => {
    const { turn } = await session.begin({ text: 'first words' });
    const later = await session.begin({ text: 'later words' });
    await session.end(turn.requestId, failed);
    await session.end(later.turn.requestId);
    expect((await store.sessions.get(owner, sessionId)).opening).toBe('later words');
  });

  test('a session that is read while its last turn fails never looks empty', async () => {
    await session.append('before');
    for (let round = 0; round < 20; round += 1) {
      const { turn } = await session.begin();
      const reads = Array.from({ length: 5 }, session.contents);
      await session.end(turn.requestId, failed);
      for (const read of await Promise.all(reads)) expect(read[0]).toBe('before');
    }
  });
});
