import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ChangeMemory } from '@/lib/sessions/memory/memory';
import { ENGINES } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';

const refused = (reason: string) => ({ failure: { kind: 'conflict', reason } });

describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
  });

  const change = (kind: ChangeMemory['kind'], value: string, maxChars = 200, version?: number) =>
    store.memory.change({
      owner: session.owner,
      sessionId: session.sessionId,
      change: { kind, value },
      maxChars,
      version,
      revisionId: randomUUID(),
      now: at(5),
    });
  const write = (memory: string | null) => session.editMemory({ memory });
  const get = () => store.memory.get(session.owner, session.sessionId);
  const history = (limit = 100, before?: number) =>
    store.memory.revisions(session.owner, session.sessionId, limit, before);
  const exchange = async () => {
    const { turn } = await session.begin();
    await session.end(turn.requestId);
    return turn;
  };
  const merge = (turn: string, memory: string | null, text: string, pinned: string[] = []) =>
    store.memory.merge({
      sessionId: session.sessionId,
      previous: { memory, pinned },
      text,
      turn,
      revisionId: randomUUID(),
      now: at(4),
    });

  test('a line is pinned and unpinned without a revision; its pin ends with it', async () => {
    await write('- a\n- b\n- c');
    await change('pin', '- c');
    expect(await change('pin', '- a')).toMatchObject({ pinned: ['- a', '- c'] });
    expect(await change('pin', '- a')).toMatchObject({ pinned: ['- a', '- c'] });
    expect(await history()).toHaveLength(1);
    expect(await change('unpin', '- c')).toMatchObject({ pinned: ['- a'] });
    await expect(change('pin', '- x')).rejects.toMatchObject(refused('no-such-line'));
    expect(await write('- a\n- b, too')).toMatchObject({ pinned: ['- a'] });
    expect(await write('- b, too')).toMatchObject({ pinned: [] });
  });

  test('a merge that began before a line was pinned is not written', async () => {
    await write('- a');
    const { requestId } = await exchange();
    const before = await store.memory.toMerge({ sessionId: session.sessionId, turn: requestId });
    expect(before).toEqual({ memory: '- a', pinned: [] });
    await change('pin', '- a');
    expect(await merge(requestId, '- a', '- b')).toBe(false);
    expect(await merge(requestId, '- a', '- a\n- b', ['- a'])).toBe(true);
    expect(await get()).toMatchObject({ memory: '- a\n- b', pinned: ['- a'] });
  });

  test.each([
    { how: 'forgotten', forget: () => change('forget', '- secret') },
    { how: 'deleted in the text', forget: () => write('- a') },
    {
      how: 'taken back by an undo',
      forget: async () => change('undo', (await history(1))[0]?.id ?? ''),
    },
  ])('no merge that began before brings back a line that is $how', async ({ forget }) => {
    await write('- a');
    await write('- a\n- secret');
    const { requestId } = await exchange();
    expect(await forget()).toMatchObject({ memory: '- a' });
    expect(
      await store.memory.toMerge({ sessionId: session.sessionId, turn: requestId }),
    ).toBeNull();
    expect(await merge(requestId, '- a', '- a\n- secret')).toBe(false);
    const since = await exchange();
    expect(await merge(since.requestId, '- a', '- a\n- tea')).toBe(true);
    await expect(change('forget', '- secret')).rejects.toMatchObject(refused('no-such-line'));
  });

  test('a change in the middle is taken back where that is clean', async () => {
    await write('- a');
    const { requestId, replyId } = await exchange();
    await merge(requestId, '- a', '- a, too\n- b');
    await write('- a, too\n- b\n- c');
    const [, merged] = await history();
    expect(merged).toMatchObject({ before: '- a', text: '- a, too\n- b', replyId });
    expect(await change('undo', merged?.id ?? '')).toMatchObject({ memory: '- a\n- c' });
    expect((await history(1))[0]).toMatchObject({ author: 'user', text: '- a\n- c', turn: null });
    await expect(change('undo', merged?.id ?? '')).rejects.toMatchObject(refused('not-undoable'));
    const [latest] = await history(1);
    expect(await change('undo', latest?.id ?? '')).toMatchObject({ memory: '- a, too\n- b\n- c' });
  });

  test('an undo is refused beyond the limit, with a stale version, and for another revision', async () => {
    await write('- one line\n- two');
    await write('- two');
    const [gone] = await history(1);
    await expect(change('undo', gone?.id ?? '', 10)).rejects.toMatchObject(refused('memory-full'));
    await expect(change('undo', gone?.id ?? '', 99, 1)).rejects.toMatchObject(refused('changed'));
    const other = await createSession(store, session.owner);
    await other.editMemory({ memory: '- other' });
    const [theirs] = await store.memory.revisions(other.owner, other.sessionId, 1);
    const unknown = { failure: { kind: 'not-found', reason: 'revision' } };
    await expect(change('undo', theirs?.id ?? '')).rejects.toMatchObject(unknown);
    expect(await get()).toMatchObject({ memory: '- two' });
  });

  test('the history comes in pages; the oldest of a hundred has no text before it', async () => {
    for (let n = 1; n <= 101; n += 1) await write(`- ${String(n)}`);
    const [newest, next] = [await history(40), await history(100, 62)];
    expect(newest.map(({ before }) => before)).toEqual(
      Array.from({ length: 40 }, (_, n) => `- ${String(100 - n)}`),
    );
    expect([next.length, next[0]?.text, next.at(-1)]).toMatchObject([
      60,
      '- 61',
      { text: '- 2', before: undefined },
    ]);
    await expect(change('undo', next.at(-1)?.id ?? '')).rejects.toMatchObject(
      refused('no-longer-kept'),
    );
    await store.memory.forgetAll(session.owner, session.sessionId, at(6));
    await write('- new');
    expect(await history()).toMatchObject([{ text: '- new', before: null }]);
  });
});
