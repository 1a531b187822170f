import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { BulkChange } from '@/lib/sessions/bulk/bulk-store';
import type { ListName } from '@/lib/sessions/session';
import type { Store } from '@/db/store';

/** Many sessions changed in one call. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let owner: string;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    ({ owner } = session);
  });

  const made = async (count: number): Promise<string[]> => {
    const others = Array.from({ length: count }, () => createSession(store, owner));
    return [session.sessionId, ...(await Promise.all(others)).map(({ sessionId }) => sessionId)];
  };
  const change = (ids: readonly string[], by: BulkChange, second = 5) =>
    store.bulk.change({ owner, ids, change: by, now: at(second) });
  const listed = async (list: ListName) =>
    (await store.sessions.list({ owner, list, limit: 99 })).map(({ id }) => id).toSorted();

  test.each<[BulkChange['action'], BulkChange['action'], ListName]>([
    ['delete', 'restore', 'deleted'],
    ['archive', 'unarchive', 'archived'],
    ['pin', 'unpin', 'pinned'],
  ])('%s and %s change each session once', async (to, back, list) => {
    // More than one step.
    const ids = await made(24);
    const by = (action: BulkChange['action']) => ({ action }) as BulkChange;
    const done = ids.map((id) => ({ id, result: 'done' }));
    expect(await change(ids.slice(1), by(to), 5)).toEqual(done.slice(1));
    expect(await listed(list)).toEqual(ids.slice(1).toSorted());
    const again = await change(ids, by(to), 6);
    const second = to === 'delete' ? 'not-found' : 'unchanged';
    expect(again.map(({ result }) => result)).toEqual(['done', ...ids.slice(1).map(() => second)]);
    const times = await store.sessions.list({ owner, list, limit: 99 });
    expect(times[0], 'what was done before keeps its place').toMatchObject({ id: ids[0] });
    expect(await change(ids, by(back), 7)).toEqual(done);
    const before = await store.sessions.get(owner, session.sessionId);
    expect(await change(ids, by(back), 8)).toEqual(ids.map((id) => ({ id, result: 'unchanged' })));
    expect(await store.sessions.get(owner, session.sessionId)).toEqual(before);
    expect(await listed(list)).toEqual([]);
    expect(await listed('current')).toEqual(ids.toSorted());
  });

  test('only what is in the trash is deleted permanently, and raises its version', async () => {
    const ids = await made(2);
    const [kept = '', gone = '', restored = ''] = ids;
    await change([gone, restored], { action: 'delete' });
    await change([restored], { action: 'restore' });
    const results = await change(ids, { action: 'delete-permanently' });
    expect(results.map(({ result }) => result)).toEqual(['not-found', 'done', 'not-found']);
    await store.owners.purge(owner);
    expect(await listed('deleted')).toEqual([]);
    expect(await listed('current')).toEqual([kept, restored].toSorted());
    expect(await store.sessions.changedSince([owner], at(5))).not.toContainEqual(
      expect.objectContaining({ sessionId: gone }),
    );
    expect((await store.sessions.get(owner, restored)).version).toBe(3);
  });

  test("another owner's sessions and unknown ones are not found, and nothing of them changes", async () => {
    const other = await createSession(store);
    const before = await store.sessions.get(other.owner, other.sessionId);
    const tag = { action: 'tag', add: ['mine'], remove: [] } as const;
    for (const by of [tag, { action: 'delete' }, { action: 'pin' }, { action: 'restore' }] as const)
      expect(await change([other.sessionId, randomUUID()], by)).toMatchObject([
        { result: 'not-found' },
        { result: 'not-found' },
      ]);
    expect(await store.sessions.get(other.owner, other.sessionId)).toEqual(before);
  });

  test('tags are added and removed, each once, and more than ten are refused for their session alone', async () => {
    const [first = '', full = ''] = await made(1);
    const tags = Array.from({ length: 9 }, (_, n) => `tag ${String(n)}`);
    await store.sessions.change({ owner, id: full, tags, now: at(1) });
    const edit = { action: 'tag', add: ['Rome', 'rome', 'a "b" % \\ c'], remove: [] } as const;
    expect(await change([first, full], edit)).toEqual([
      { id: first, result: 'done' },
      { id: full, result: 'too-many-tags' },
    ]);
    expect((await store.sessions.get(owner, first)).tags).toEqual(['Rome', 'a "b" % \\ c']);
    expect((await store.sessions.get(owner, full)).tags).toEqual(tags);
    const same = { action: 'tag', add: ['ROME'], remove: ['none'] } as const;
    expect(await change([first], same)).toEqual([{ id: first, result: 'unchanged' }]);
    await change([first, full], { action: 'tag', add: [], remove: ['ROME', 'tag 0'] });
    expect((await store.sessions.get(owner, first)).tags).toEqual(['a "b" % \\ c']);
    expect((await store.sessions.get(owner, full)).tags).toEqual(tags.slice(1));
  });

  test('two calls over the same sessions both end', async () => {
    const ids = await made(24);
    const both = await Promise.all([
      change(ids, { action: 'pin' }),
      change(ids.toReversed(), { action: 'tag', add: ['x'], remove: [] }),
    ]);
    for (const results of both)
      expect(new Set(results.map(({ result }) => result))).toEqual(new Set(['done']));
    expect(await listed('pinned')).toEqual(ids.toSorted());
    expect(await store.filters.tags(owner)).toEqual([{ tag: 'x', listed: 25, archived: 0 }]);
  });
});
