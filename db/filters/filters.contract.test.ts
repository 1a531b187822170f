import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import { readCursor, writeCursor } from '@/lib/sessions/cursor';
import { SORTS, type Sort } from '@/lib/sessions/session';
import type { Store } from '@/db/store';

/** The list sorted, and narrowed to a tag or a model. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let owner: string;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    ({ owner } = session);
  });

  type Asked = Partial<Parameters<Store['sessions']['list']>[0]>;
  const listed = (asked: Asked = {}) => store.sessions.list({ owner, limit: 99, ...asked });
  const titles = async (asked: Asked = {}) => (await listed(asked)).map(({ title }) => title);
  const named = async (title: string, second: number, active = second) => {
    const id = randomUUID();
    await store.sessions.create({ id, owner, title, now: at(second) });
    const message = { role: 'user', content: title } as const;
    await store.messages.append({
      owner,
      sessionId: id,
      id: randomUUID(),
      message,
      now: at(active),
    });
    return id;
  };
  /** One of each list, so that the filter has something to leave out. */
  const four = async () => {
    await store.sessions.remove(owner, session.sessionId, at(1));
    const ids = {
      banana: await named('banana', 3, 9),
      apple: await named('Apple', 2, 5),
      cherry: await named('cherry', 4, 4),
      away: await named('Away', 1, 20),
    };
    await store.sessions.change({ owner, id: ids.away, archived: true, now: at(30) });
    return ids;
  };

  test('sorts by activity, creation or title, pinned and archived ones too', async () => {
    const { banana } = await four();
    expect(await titles()).toEqual(['banana', 'Apple', 'cherry']);
    expect(await titles({ sort: 'updated' })).toEqual(['banana', 'Apple', 'cherry']);
    expect(await titles({ sort: 'created' })).toEqual(['cherry', 'banana', 'Apple']);
    expect(await titles({ sort: 'title' })).toEqual(['Apple', 'banana', 'cherry']);
    expect(await titles({ sort: 'title', list: 'archived' })).toEqual(['Away']);
    await store.sessions.change({ owner, id: banana, pinned: true, now: at(31) });
    expect(await titles({ sort: 'title', pinned: false })).toEqual(['Apple', 'cherry']);
    expect(await titles({ sort: 'created', list: 'pinned' })).toEqual(['banana']);
  });

  test.each(SORTS)(
    'sorted by %s, pages have neither gap nor repeat, also among equals',
    async (sort: Sort) => {
      // Equal times and titles: the id decides. Without a title the first words name it, or nothing.
      for (const title of ['same', 'Same', 'other one', 'same', 'zoë', 'über'])
        await named(title, 2);
      await createSession(store, owner);
      const whole = (await listed({ sort })).map(({ id }) => id);
      const paged: string[] = [];
      for (let after = null, more = true; more;) {
        const page = await listed({ sort, limit: 2, after });
        paged.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        more = page.length === 2;
        // As a client carries it.
        after = last ? readCursor(writeCursor(last), sort) : null;
      }
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(8);
    },
  );

  test('narrows to a tag, exactly, and counts the tags', async () => {
    const { banana, apple, away } = await four();
    const tag = (id: string, ...tags: string[]) =>
      store.sessions.change({ owner, id, tags, now: at(40) });
    await tag(banana, 'fruit', 'yellow');
    await tag(apple, 'fruit salad', '100%', "o'clock");
    await tag(away, 'fruit');
    expect(await titles({ tag: 'fruit' })).toEqual(['banana']);
    expect(await titles({ tag: 'fruit', list: 'archived' })).toEqual(['Away']);
    for (const exact of ['fruit salad', '100%', "o'clock"])
      expect(await titles({ tag: exact, sort: 'title' })).toEqual(['Apple']);
    for (const none of ['salad', '%', 'fru', '']) expect(await titles({ tag: none })).toEqual([]);
    expect(await store.filters.tags(owner)).toEqual([
      { tag: '100%', listed: 1, archived: 0 },
      { tag: 'fruit', listed: 1, archived: 1 },
      { tag: 'fruit salad', listed: 1, archived: 0 },
      { tag: "o'clock", listed: 1, archived: 0 },
      { tag: 'yellow', listed: 1, archived: 0 },
    ]);
    await tag(banana);
    await store.sessions.remove(owner, away, at(41));
    expect((await store.filters.tags(owner)).map((each) => each.tag)).toEqual([
      '100%',
      'fruit salad',
      "o'clock",
    ]);
    expect(await store.filters.tags('other')).toEqual([]);
  });

  test('tags that differ in case only are one, shown as the oldest session has it', async () => {
    const { banana, apple, cherry, away } = await four();
    const tag = (id: string, ...tags: string[]) =>
      store.sessions.change({ owner, id, tags, now: at(40) });
    await tag(banana, 'ÉTÉ', 'x');
    await tag(apple, 'Été');
    await tag(cherry, 'été', 'X');
    await tag(away, 'ÉTÉ');
    for (const any of ['été', 'ÉTÉ', 'étÉ']) {
      expect(await titles({ tag: any })).toEqual(['banana', 'Apple', 'cherry']);
      expect(await titles({ tag: any, list: 'archived' })).toEqual(['Away']);
    }
    expect(await store.filters.tags(owner)).toEqual([
      { tag: 'ÉTÉ', listed: 3, archived: 1 },
      { tag: 'x', listed: 2, archived: 0 },
    ]);
    await store.sessions.remove(owner, cherry, at(42));
    expect(await titles({ tag: 'ÉTÉ', list: 'deleted' })).toEqual(['cherry']);
  });

  test('narrows to the model of the last reply', async () => {
    const say = async (to: StoredSession, model: string) => {
      const { turn } = await to.begin({ model });
      await to.end(turn.requestId);
    };
    await say(session, 'one');
    await say(session, 'two');
    const other = await createSession(store, owner);
    await say(other, 'one');
    const ids = async (model: string) => (await listed({ model })).map(({ id }) => id);
    expect(await ids('one')).toEqual([other.sessionId]);
    expect(await ids('two')).toEqual([session.sessionId]);
    expect(await ids('three')).toEqual([]);
    expect(await store.filters.models(owner)).toEqual(['one', 'two']);
    expect(await store.filters.models('other')).toEqual([]);
  });

  test('some sessions are exported in the order of all; an unknown one is not found', async () => {
    const { banana, cherry, away } = await four();
    const exported: (string | null)[] = [];
    for await (const { session: whole } of await store.transfers.exportSome(
      owner,
      [banana, away, cherry],
      'all',
    ))
      exported.push(whole.title);
    expect(exported).toEqual(['cherry', 'banana', 'Away']);
    const notFound = { failure: { kind: 'not-found' } };
    for (const id of [randomUUID(), session.sessionId])
      await expect(store.transfers.exportSome(owner, [banana, id], 'all')).rejects.toMatchObject(
        notFound,
      );
    await expect(store.transfers.exportSome('other', [banana], 'all')).rejects.toMatchObject(
      notFound,
    );
  });
});
