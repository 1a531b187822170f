import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewTurn } from '@/lib/chat/turn-store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { openStore, type Store } from './store';

const ROUNDS = 20;
const now = new Date();

/** Turns of one session that begin, fail and are dismissed at the same time. */
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
    await store.sessions.create({ id: sessionId, owner, title: null, now });
  });

  const begin = async (text: string, retryOf: string | null = null): Promise<string> => {
    const turn: NewTurn = {
      requestId: randomUUID(),
      owner,
      sessionId,
      text,
      model: 'm',
      idempotency: null,
      userMessageId: randomUUID(),
      replyId: randomUUID(),
      instance: 'here',
      contextMessages: 10,
      retryOf,
      now,
    };
    await store.turns.begin(turn);
    return turn.requestId;
  };
  const fail = (requestId: string) =>
    store.turns.end({
      requestId,
      state: 'failed',
      text: '',
      failure: { kind: 'upstream', reason: 'refused' },
      usage: null,
      tokens: null,
      firstTokenMs: null,
      now,
    });
  const contents = async () =>
    (await store.messages.branch({ owner, sessionId })).map(({ content }) => content);

  test('one that fails beside one that begins takes nothing of the conversation with it', async () => {
    const message = { role: 'user', content: 'before' } as const;
    await store.messages.append({ owner, sessionId, id: randomUUID(), message, now });
    for (let round = 0; round < ROUNDS; round += 1) {
      const failing = await begin('failing');
      const next = `next ${String(round)}`;
      const [, begun] = await Promise.all([fail(failing), begin(next)]);
      expect(await contents()).toEqual(['before', next]);
      await fail(begun);
      expect(await contents()).toEqual(['before']);
    }
  });

  test('one that is dismissed while it is sent again is gone, and what was sent is there', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const failed = await begin('hello');
      await fail(failed);
      const [again] = await Promise.all([
        begin('hello', failed),
        store.turns.dismiss(owner, failed, now),
      ]);
      expect(await store.turns.failedIn(owner, sessionId)).toEqual([]);
      expect(await contents()).toEqual(['hello']);
      await fail(again);
      expect(await store.turns.dismiss(owner, again, now)).toBe(true);
    }
  });
});
