import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Continuation, TurnResult } from '@/lib/chat/turn-store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { openStore, type Store } from './store';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));
const notFound = { failure: { kind: 'not-found' } };
const conflict = { failure: { kind: 'conflict' } };

/** A reply that is continued. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let owner: string;
  let sessionId: string;

  beforeAll(async () => {
    place = await empty();
    store = await openStore(place.database);
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });
  beforeEach(async () => {
    owner = randomUUID();
    sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now: at(0) });
  });

  const order = () => ({
    requestId: randomUUID(),
    owner,
    sessionId,
    model: 'm',
    idempotency: null,
    instance: 'here',
    contextMessages: 10,
    now: at(1),
  });
  const begin = async () => {
    const ids = { userMessageId: randomUUID(), replyId: randomUUID() };
    const turn = { ...order(), ...ids, text: 'hello', retryOf: null };
    await store.turns.begin(turn);
    return turn.requestId;
  };
  const end = (requestId: string, more: Partial<TurnResult> = {}) =>
    store.turns.end({
      requestId,
      state: 'complete',
      text: 'hi',
      failure: null,
      usage: null,
      tokens: null,
      firstTokenMs: 3,
      now: at(2),
      ...more,
    });
  const append = (content: string) => {
    const message = { role: 'user', content } as const;
    return store.messages.append({ owner, sessionId, id: randomUUID(), message, now: at(1) });
  };
  const contents = async () =>
    (await store.messages.branch({ owner, sessionId })).map(({ content }) => content);
  const goOn = (continues: string, more: Partial<Continuation> = {}) => {
    const turn: Continuation = { ...order(), continues, ...more };
    return store.turns.continue(turn).then((begun) => ({ turn, begun }));
  };
  const cutOff = async (text = 'Once') => {
    const turn = await begin();
    await end(turn, { state: 'interrupted', text });
    return turn;
  };

  test('it brings its question, its text and what was said before, and stays where it is', async () => {
    await append('before');
    const { begun, turn } = await goOn(await cutOff());
    expect(begun).toMatchObject({
      kind: 'started',
      question: 'hello',
      text: 'Once',
      context: { messages: [{ role: 'user', content: 'before' }] },
    });
    expect(await store.turns.textFrom(turn.requestId, 2)).toBe('ce');
    expect(await contents()).toEqual(['before', 'hello', 'Once']);
    await end(turn.requestId, { text: 'Once upon' });
    expect(await contents()).toEqual(['before', 'hello', 'Once upon']);
    expect(await store.turns.textFrom(turn.requestId, 0)).toBe('Once upon');
  });

  test('it is continued by one turn, and a repeated key joins it', async () => {
    const cut = await cutOff();
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const both = await Promise.all([goOn(cut, { idempotency }), goOn(cut, { idempotency })]);
    expect(both.map(({ begun }) => begun.kind).toSorted()).toEqual(['joined', 'started']);
    await expect(goOn(cut)).rejects.toMatchObject(conflict);
    const [running] = await store.turns.runningIn(owner, sessionId);
    await expect(goOn(running ?? '')).rejects.toMatchObject(conflict);
    await expect(
      goOn(cut, { idempotency: { ...idempotency, bodyHash: 'other' } }),
    ).rejects.toMatchObject({ failure: { kind: 'key-reused' } });
  });

  test('it must be the last word, cut off or stopped, and of this owner and session', async () => {
    const whole = await begin();
    await end(whole);
    const wordless = await begin();
    await end(wordless, { state: 'stopped', text: '' });
    const cut = await cutOff();
    const elsewhere = randomUUID();
    await store.sessions.create({ id: elsewhere, owner, title: null, now: at(0) });
    await expect(goOn('unknown')).rejects.toMatchObject(notFound);
    await expect(goOn(cut, { owner: 'other' })).rejects.toMatchObject(notFound);
    await expect(goOn(cut, { sessionId: elsewhere })).rejects.toMatchObject(notFound);
    await expect(goOn(whole)).rejects.toMatchObject(conflict);
    await expect(goOn(wordless)).rejects.toMatchObject(conflict);
    await append('later');
    await expect(goOn(cut)).rejects.toMatchObject(conflict);
    expect(await store.turns.runningIn(owner, sessionId)).toEqual([]);
  });
});
