import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { openStore, type Store } from './store';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));

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

  const begin = () => ({
    requestId: randomUUID(),
    owner,
    sessionId,
    text: 'hello',
    model: 'm',
    idempotency: null,
    userMessageId: randomUUID(),
    replyId: randomUUID(),
    instance: 'here',
    contextMessages: 10,
    retryOf: null,
  });
  const result = { failure: null, usage: null, firstTokenMs: null, tokens: null };
  const edit = (memory: string, seen?: string | null, now = at(1)) =>
    store.memory.edit({
      owner,
      sessionId,
      edit: { memory },
      version: null,
      seen,
      revisionId: randomUUID(),
      now,
    });
  const rename = (title: string, seen?: string | null, now = at(1)) =>
    store.sessions.rename({ owner, id: sessionId, title, version: null, seen, now });

  test('each change of a session is seen, with a new version, from its time on', async () => {
    const { requestId, ...turn } = begin();
    const failing = begin();
    const message = { role: 'user', content: 'hi' } as const;
    const changes: ((now: Date) => Promise<unknown>)[] = [
      (now) => rename('name', undefined, now),
      (now) => edit('- tea', undefined, now),
      (now) => store.turns.begin({ ...turn, requestId, now }),
      (now) => store.turns.end({ ...result, requestId, state: 'complete', text: 'hi', now }),
      (now) =>
        store.memory.merge({
          sessionId,
          previous: '- tea',
          text: '- coffee',
          turn: requestId,
          revisionId: randomUUID(),
          now,
        }),
      (now) => store.turns.begin({ ...failing, now }),
      (now) => store.turns.end({ ...result, ...failing, state: 'failed', text: '', now }),
      (now) => store.turns.dismiss(owner, failing.requestId, now),
      (now) => store.messages.append({ owner, sessionId, id: randomUUID(), message, now }),
      (now) => store.sessions.remove(owner, sessionId, now),
      (now) => store.sessions.restore(owner, sessionId, now),
    ];
    let version = 1;
    for (const [index, change] of changes.entries()) {
      const now = at(index + 1);
      expect(await store.sessions.changedSince(owner, now)).toEqual([]);
      await change(now);
      const seen = await store.sessions.changedSince(owner, now);
      expect(seen).toMatchObject([{ sessionId, deleted: index === 9 }]);
      expect(seen[0]?.version).toBeGreaterThan(version);
      version = seen[0]?.version ?? 0;
    }
    expect(await store.sessions.changedSince(randomUUID(), at(0))).toEqual([]);
  });

  test('a name and a memory give way only to whoever saw them, whatever else has changed', async () => {
    const conflict = { failure: { kind: 'conflict' } };
    await store.turns.begin({ ...begin(), now: at(1) });
    await rename('mine', null);
    await edit('- tea', null);
    await expect(rename('yours', null)).rejects.toMatchObject(conflict);
    await expect(edit('- coffee', null)).rejects.toMatchObject(conflict);
    await store.turns.begin({ ...begin(), now: at(2) });
    expect(await rename('yours', 'mine')).toMatchObject({ title: 'yours' });
    expect(await edit('- coffee', '- tea')).toMatchObject({ memory: '- coffee' });
  });
});
