import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';
import { said } from '@/tests/setup/entries';

describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let owner: string;
  let sessionId: string;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    ({ owner, sessionId } = session);
  });

  const rename = (title: string, seen?: string | null, now = at(1)) =>
    store.sessions.change({ owner, id: sessionId, title, expected: seen, now });

  const remember = (memory: string, expected: string | null) =>
    session.editMemory({ memory }, { expected });

  test('each change of a session is returned with a new version, from its time on', async () => {
    const requestId = randomUUID();
    const failing = randomUUID();
    const changes: ((now: Date) => Promise<unknown>)[] = [
      (now) => rename('name', undefined, now),
      (now) => session.editMemory({ memory: '- tea' }, { now }),
      (now) => session.begin({ requestId, now }),
      (now) => session.end(requestId, { now }),
      (now) =>
        store.memory.merge({
          sessionId,
          previous: { memory: '- tea', pinned: [] },
          text: '- coffee',
          turn: requestId,
          revisionId: randomUUID(),
          now,
        }),
      (now) => session.begin({ requestId: failing, now }),
      (now) => session.end(failing, { state: 'failed', entries: said(''), now }),
      (now) => store.turns.dismiss(owner, failing, now),
      (now) => session.append('hi', 'user', now),
      (now) => store.sessions.remove(owner, sessionId, now),
      (now) => store.sessions.restore(owner, sessionId, now),
    ];
    let version = 1;
    for (const [index, change] of changes.entries()) {
      const now = at(index + 1);
      expect(await store.sessions.changedSince([owner], now)).toEqual([]);
      await change(now);
      const seen = await store.sessions.changedSince([owner], now);
      expect(seen).toMatchObject([{ sessionId, deleted: index === 9 }]);
      expect(seen[0]?.version).toBeGreaterThan(version);
      version = seen[0]?.version ?? 0;
    }
    expect(await store.sessions.changedSince([randomUUID()], at(0))).toEqual([]);
    expect(await store.sessions.changedSince([], at(0))).toEqual([]);
  });

  test('one call covers hundreds of owners, with each change once and its owner', async () => {
    await rename('name', undefined, at(1));
    const others = Array.from({ length: 299 }, () => randomUUID());
    for (const owners of [[owner], [...others, owner], [owner, ...others], [owner, 'a', 'b']]) {
      const seen = await store.sessions.changedSince(owners, at(1));
      expect(seen).toMatchObject([{ owner, sessionId }]);
    }
  });

  test('a title and a memory change only if their expected value matches, whatever else has changed', async () => {
    const conflict = { failure: { kind: 'conflict' } };
    await session.begin();
    await rename('mine', null);
    await remember('- tea', null);
    await expect(rename('yours', null)).rejects.toMatchObject(conflict);
    await expect(remember('- coffee', null)).rejects.toMatchObject(conflict);
    await session.begin();
    expect(await rename('yours', 'mine')).toMatchObject({ title: 'yours' });
    expect(await remember('- coffee', '- tea')).toMatchObject({ memory: '- coffee' });
  });
});
