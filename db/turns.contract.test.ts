import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from './store';

const failed = {
  state: 'failed',
  text: '',
  failure: { kind: 'upstream', reason: 'refused' },
} as const;

/** Turns, from their beginning to their end. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let owner: string;
  let sessionId: string;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    ({ owner, sessionId } = session);
  });

  test('a turn reads the newest messages of its session, without itself or empty ones', async () => {
    await session.append('one');
    await session.append('1', 'assistant');
    await session.append('two');
    await session.append(' ', 'assistant');
    await session.editMemory({ memory: '- tea' });
    const { begun } = await session.begin({ contextMessages: 3 });
    expect(begun).toEqual({
      kind: 'started',
      question: 'hello',
      text: '',
      context: {
        messages: [
          { role: 'assistant', content: '1' },
          { role: 'user', content: 'two' },
        ],
        memory: '- tea',
        systemPrompt: null,
      },
    });
  });

  test('twenty sends at once with one key start one turn', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const all = await Promise.all(Array.from({ length: 20 }, () => session.begin({ idempotency })));
    expect(all.filter(({ begun }) => begun.kind === 'started')).toHaveLength(1);
    const joined = all.flatMap(({ begun }) => (begun.kind === 'joined' ? [begun.requestId] : []));
    expect(new Set(joined).size).toBe(1);
    await session.end(joined[0] ?? '');
    expect(await session.contents()).toEqual(['hello', 'hi']);
  });

  test('a request id that is taken is said to be, and no message is left behind', async () => {
    const { turn } = await session.begin();
    const { begun } = await session.begin({ requestId: turn.requestId, text: 'again' });
    expect(begun).toEqual({ kind: 'id-taken' });
    expect(await session.contents()).toEqual(['hello']);
  });

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

  test('why replies ended is told to their owner', async () => {
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
      text: ' \n',
      failure: { kind: 'interrupted' },
    });
    expect(ended).toMatchObject({ state: 'interrupted', replyId: null });
    expect(await session.contents()).toEqual(['hello']);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({ head: turn.userMessageId });
  });

  test('a turn ends once; whoever comes second is told the first end', async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId);
    expect(
      await session.end(turn.requestId, { state: 'interrupted', text: 'other' }),
    ).toMatchObject({
      state: 'complete',
      replyId: turn.replyId,
    });
    expect(await session.contents()).toEqual(['hello', 'hi']);
  });

  test('the text of a turn can be read from any place, while it runs and after its batches are dropped', async () => {
    const { turn } = await session.begin();
    const { requestId } = turn;
    await store.turns.appendText([{ requestId, offset: 0, text: 'Once ' }], at(1));
    await store.turns.appendText([{ requestId, offset: 5, text: 'upon' }], at(1));
    expect(await store.turns.textFrom(requestId, 3)).toBe('e upon');
    await session.end(requestId, { text: 'Once upon a time' });
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.textFrom(requestId, 5)).toBe('upon a time');
  });

  test('a batch that replaces the text leaves nothing of what was there', async () => {
    const { requestId } = (await session.begin()).turn;
    const other = (await session.begin({ requestId: randomUUID() })).turn.requestId;
    await store.turns.appendText([{ requestId, offset: 0, text: 'a plan' }], at(1));
    await store.turns.appendText(
      [
        { requestId, offset: 6, text: ', and' },
        { requestId: other, offset: 0, text: 'Once' },
        { requestId, offset: 0, text: 'Hi', replaces: true },
        { requestId, offset: 2, text: ' there' },
      ],
      at(2),
    );
    expect(await store.turns.textFrom(requestId, 0)).toBe('Hi there');
    expect(await store.turns.textFrom(other, 0)).toBe('Once');
    await store.turns.appendText([{ requestId, offset: 0, text: '', replaces: true }], at(3));
    await store.turns.appendText([{ requestId, offset: 0, text: 'Ho' }], at(3));
    expect(await store.turns.textFrom(requestId, 0)).toBe('Ho');
  });

  test('without a session the reply is kept for as long as its key', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const { turn } = await session.begin({ sessionId: null, idempotency });
    await session.end(turn.requestId, { text: 'hi there' });
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.textFrom(turn.requestId, 3)).toBe('there');
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(9) });
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(9) });
    expect(await store.turns.textFrom(turn.requestId, 0)).toBe('');
    expect(await session.begin({ sessionId: null, idempotency })).toMatchObject({
      begun: { kind: 'started' },
    });
  });

  test('without a session, a turn that is broken off before its first word sets its key free', async () => {
    const alone = { sessionId: null, idempotency: { key: randomUUID(), bodyHash: 'h' } };
    for (const state of ['stopped', 'interrupted'] as const) {
      const { turn, begun } = await session.begin(alone);
      expect(begun.kind).toBe('started');
      await session.end(turn.requestId, { state, text: '' });
    }
    const { turn } = await session.begin(alone);
    await session.end(turn.requestId, { state: 'stopped', text: 'half' });
    const { begun } = await session.begin(alone);
    expect(begun).toEqual({ kind: 'joined', requestId: turn.requestId });
  });

  test('a turn for which the upstream was not asked sets its key free', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const failure = { kind: 'unavailable', retryAfterSeconds: 5 } as const;
    for (const somewhere of [sessionId, null]) {
      const { turn } = await session.begin({ sessionId: somewhere, idempotency });
      await session.end(turn.requestId, { ...failed, failure });
    }
    expect((await session.begin({ idempotency })).begun.kind).toBe('started');
  });

  test('a heartbeat tells which turns are asked to stop, by their owner alone', async () => {
    const { turn } = await session.begin();
    expect(await store.turns.askStop('other', turn.requestId)).toBe(false);
    const { requestId: id } = turn;
    expect(await store.turns.beat([id], at(4))).toEqual({ stopAsked: [], ended: [], watched: [] });
    expect(await store.turns.askStop(owner, turn.requestId)).toBe(true);
    expect(await store.turns.beat([id], at(5))).toEqual({
      stopAsked: [id],
      ended: [],
      watched: [],
    });
    const running = await store.turns.running();
    expect(running.find(({ requestId }) => requestId === turn.requestId)).toMatchObject({
      instance: 'here',
      heartbeat: at(5),
    });
    await session.end(turn.requestId);
    expect(await store.turns.beat([id], at(6))).toEqual({
      stopAsked: [],
      ended: [id],
      watched: [],
    });
  });

  test('what the process of a turn that was taken for dead has more of its reply is added', async () => {
    const { turn } = await session.begin();
    const { requestId } = turn;
    const interrupted = { state: 'interrupted', failure: { kind: 'interrupted' } } as const;
    await session.end(requestId, { ...interrupted, text: 'Once' });
    await session.append('meanwhile');
    expect(await session.end(requestId, { text: 'Once upon' })).toMatchObject({
      state: 'complete',
      replyId: turn.replyId,
    });
    expect(await session.contents()).toEqual(['hello', 'Once upon', 'meanwhile']);
    expect(await store.turns.find(owner, requestId)).toMatchObject({ state: 'complete' });
    // Another one that took it for dead comes too late.
    expect(await session.end(requestId, { ...interrupted, text: 'Once' })).toMatchObject({
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

  test('what fails in the middle is undone as a whole', async () => {
    const { turn } = await session.begin();
    const versionBefore = (await store.sessions.get(owner, sessionId)).version;
    // The id of the user message is taken: the insert fails after the session and the turn were written.
    await expect(session.begin({ userMessageId: turn.userMessageId })).rejects.toThrow();
    expect((await store.sessions.get(owner, sessionId)).version).toBe(versionBefore);
    expect(await store.turns.runningIn(owner, sessionId)).toEqual([turn.requestId]);
  });

  test('a key that comes back with another body is refused', async () => {
    const key = randomUUID();
    await session.begin({ idempotency: { key, bodyHash: 'one' } });
    await expect(session.begin({ idempotency: { key, bodyHash: 'two' } })).rejects.toMatchObject({
      failure: { kind: 'key-reused' },
    });
    expect(await session.contents()).toEqual(['hello']);
  });

  test('a retry takes the place of the failed turn, and only of one in the same session', async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId, failed);
    const elsewhere = randomUUID();
    await store.sessions.create({ id: elsewhere, owner, title: null, now: at(0) });
    await session.begin({ sessionId: elsewhere, retryOf: turn.requestId });
    expect(await store.turns.failedIn(owner, sessionId)).toHaveLength(1);
    await session.begin({ retryOf: turn.requestId });
    expect(await store.turns.failedIn(owner, sessionId)).toEqual([]);
  });

  test('what was said after a reply stays when the reply comes to nothing', async () => {
    const { turn } = await session.begin();
    await session.append('meanwhile');
    await session.end(turn.requestId, { state: 'stopped', text: '' });
    expect(await session.contents()).toEqual(['hello', 'meanwhile']);
  });

  test('a session whose first turn failed takes its opening from what is still there', async () => {
    const { turn } = await session.begin({ text: 'first words' });
    const later = await session.begin({ text: 'later words' });
    await session.end(turn.requestId, failed);
    await session.end(later.turn.requestId);
    expect((await store.sessions.get(owner, sessionId)).opening).toBe('later words');
  });

  test('replies that are being written take no place in a page or in the context', async () => {
    await session.append('one');
    await session.append('1', 'assistant');
    await session.begin({ text: 'two' });
    const { begun } = await session.begin({ text: 'three', contextMessages: 2 });
    expect(begun).toMatchObject({
      context: {
        messages: [
          { role: 'assistant', content: '1' },
          { role: 'user', content: 'two' },
        ],
      },
    });
    const page = await store.messages.branch({ owner, sessionId, limit: 2 });
    expect(page.map(({ content }) => content)).toEqual(['two', 'three']);
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

  test('a turn without a session is forgotten when no key leads to it, and no other turn is', async () => {
    const alone = await session.begin({ sessionId: null });
    const running = await session.begin({ sessionId: null });
    const kept = await session.begin();
    await session.end(alone.turn.requestId);
    await session.end(kept.turn.requestId);
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.find(owner, alone.turn.requestId)).toBeNull();
    expect(await store.turns.find(owner, running.turn.requestId)).toMatchObject({
      state: 'running',
    });
    expect(await store.turns.find(owner, kept.turn.requestId)).toMatchObject({ state: 'complete' });
  });
});
