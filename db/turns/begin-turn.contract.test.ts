import { randomUUID } from 'node:crypto';
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

/** Turns as they begin: what they read, their keys and ids. */
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
      reply: [],
      thoughtMs: null,
      context: {
        messages: [
          { seq: 2, role: 'assistant', content: '1' },
          { seq: 3, role: 'user', content: 'two' },
        ],
        memory: '- tea',
        about: null,
        systemPrompt: null,
        temperature: null,
        maxTokens: null,
      },
      places: {
        texts: [{ kind: 'memory', id: expect.any(String), text: '- tea' }],
        question: 5,
        reply: 6,
      },
    });
  });

  test('twenty sends at once with one key start one turn', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const all = await Promise.all(Array.from({ length: 20 }, () => session.begin({ idempotency })));
    expect(all.filter(({ begun }) => begun.kind === 'started')).toHaveLength(1);
    const joined = all.flatMap(({ begun }) => (begun.kind === 'joined' ? [begun.requestId] : []));
    expect(new Set(joined).size).toBe(1);
    expect(await store.turns.findByKey(owner, idempotency)).toBe(joined[0]);
    expect(await store.turns.findByKey('another', idempotency)).toBeNull();
    await session.end(joined[0] ?? '');
    expect(await session.contents()).toEqual(['hello', 'hi']);
  });

  test('a request id that is taken is said to be, and no message is left behind', async () => {
    const { turn } = await session.begin();
    const { begun } = await session.begin({ requestId: turn.requestId, text: 'again' });
    expect(begun).toEqual({ kind: 'id-taken' });
    expect(await session.contents()).toEqual(['hello']);
  });

  test('without a session, a turn that is broken off before its first word sets its key free', async () => {
    const alone = { sessionId: null, idempotency: { key: randomUUID(), bodyHash: 'h' } };
    for (const state of ['stopped', 'interrupted'] as const) {
      const { turn, begun } = await session.begin(alone);
      expect(begun.kind).toBe('started');
      await session.end(turn.requestId, { state, entries: said('') });
    }
    const { turn } = await session.begin(alone);
    await session.end(turn.requestId, { state: 'stopped', entries: said('half') });
    const { begun } = await session.begin(alone);
    expect(begun).toEqual({ kind: 'joined', requestId: turn.requestId });
  });

  test('a turn for which the upstream was not asked sets its key free', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const failure = { kind: 'unavailable', reason: 'store', retryAfterSeconds: 5 } as const;
    for (const somewhere of [sessionId, null]) {
      const { turn } = await session.begin({ sessionId: somewhere, idempotency });
      await session.end(turn.requestId, { ...failed, failure });
    }
    expect((await session.begin({ idempotency })).begun.kind).toBe('started');
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
    await expect(store.turns.findByKey(owner, { key, bodyHash: 'two' })).rejects.toMatchObject({
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

  test('a turn without a session has the newest of the messages that it brings', async () => {
    const history = ['one', ' ', 'two'].map((content) => ({ role: 'user' as const, content }));
    const begin = async (contextMessages: number) =>
      (await session.begin({ sessionId: null, history, contextMessages })).begun;
    const context = { memory: null, systemPrompt: null };
    expect(await begin(1)).toMatchObject({ context: { ...context, messages: [history[2]] } });
    expect(await begin(9)).toMatchObject({ context: { messages: [history[0], history[2]] } });
    expect(await begin(0)).toMatchObject({ context: { messages: [] } });
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
});
