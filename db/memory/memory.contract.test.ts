import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';
import { said } from '@/tests/setup/entries';

/** What of an exchange comes into a session's memory. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
  });

  const exchange = async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId);
    return turn.requestId;
  };
  const merge = (turn: string, previous: string | null, text: string) =>
    store.memory.merge({
      sessionId: session.sessionId,
      previous: { memory: previous, pinned: [] },
      text,
      turn,
      revisionId: randomUUID(),
      now: at(4),
    });
  const toMerge = (turn: string) => store.memory.toMerge({ sessionId: session.sessionId, turn });
  const memory = async () => (await store.memory.get(session.owner, session.sessionId)).memory;

  test('a merge is written only over the memory it was made from', async () => {
    const turn = await exchange();
    expect(await merge(turn, null, '- tea')).toBe(true);
    await session.editMemory({ memory: '- coffee' });
    expect(await merge(turn, '- tea', '- tea, cake')).toBe(false);
    expect(await merge(turn, '- coffee', '- coffee, cake')).toBe(true);
    const revisions = await store.memory.revisions(session.owner, session.sessionId, 10);
    expect(revisions.map(({ text, author }) => ({ text, author }))).toEqual([
      { text: '- coffee, cake', author: 'model' },
      { text: '- coffee', author: 'user' },
      { text: '- tea', author: 'model' },
    ]);
    await session.editMemory({ enabled: false });
    expect(await toMerge(turn)).toBeNull();
    expect(await merge(turn, '- coffee, cake', 'x')).toBe(false);
  });

  describe.each([
    { how: 'emptied', forget: () => session.editMemory({ memory: null }) },
    {
      how: 'forgotten with its history',
      forget: () => store.memory.forgetAll(session.owner, session.sessionId, at(3)),
    },
  ])('a memory that is $how', ({ forget }) => {
    test.each([null, '- a secret'])('takes in nothing from before, it was %j', async (was) => {
      if (was !== null) await session.editMemory({ memory: was });
      const ended = await exchange();
      const { turn: running } = await session.begin();
      await session.begin();
      await forget();
      await session.end(running.requestId);
      for (const turn of [ended, running.requestId]) {
        expect(await toMerge(turn)).toBeNull();
        expect(await merge(turn, null, '- a secret')).toBe(false);
      }
      expect(await memory()).toBeNull();
      const since = await exchange();
      expect(await toMerge(since)).toEqual({ memory: null, pinned: [] });
      expect(await merge(since, null, '- tea')).toBe(true);
      expect(await merge(ended, '- tea', '- tea, a secret')).toBe(false);
      expect(await memory()).toBe('- tea');
    });
  });

  test('a reply that is continued after the memory was forgotten is of before', async () => {
    const { turn: cut } = await session.begin();
    await session.end(cut.requestId, { state: 'interrupted', entries: said('half') });
    await session.editMemory({ memory: null });
    const { turn } = await session.goOn(cut.requestId);
    await session.end(turn.requestId, { entries: said('half and the rest') });
    expect(await toMerge(turn.requestId)).toBeNull();
  });

  test.each(['in the trash', 'deleted with everything', 'purged'])(
    'a session that is %s takes in nothing',
    async (how) => {
      const { owner, sessionId } = session;
      const turn = await exchange();
      if (how === 'deleted with everything') await store.owners.forget(owner, at(3));
      else await store.sessions.remove(owner, sessionId, at(3));
      if (how === 'purged') await store.owners.emptyTrash(owner, at(3));
      if (how === 'purged') await store.owners.purge(owner);
      expect(await toMerge(turn)).toBeNull();
      expect(await merge(turn, null, '- tea')).toBe(false);
    },
  );
});
