import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import type { SearchFilter } from '@/lib/search/search';
import { ENGINES } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import { said } from '@/tests/setup/entries';
import { searchIndexed } from '@/tests/databases/search-indexed';

describe.each(ENGINES)('search on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  givenSessions(empty, (given) => {
    ({ store, session } = given);
  });

  const search = (q: string, filter: SearchFilter = {}, owner = session.owner) =>
    searchIndexed(store, { owner, q, filter, below: null });
  const found = async (q: string, filter?: SearchFilter) =>
    (await search(q, filter)).hits.map(({ snippet }) => snippet);

  test.each([
    {
      of: 'a word',
      text: 'The cat sat.',
      by: ['cat', 'CAT', 'sat.', 'the sat'],
      not: ['dog', 'at', 'cat dog'],
    },
    { of: 'a beginning', text: 'A connection pool', by: ['conn', 'connect po'], not: ['pools'] },
    {
      of: 'a phrase',
      text: 'to be,\nor not to be',
      by: ['"to be or"', '"not to"', '"OR NOT"', '“to be”'],
      not: ['"be to"', '"or no"', '"be not"'],
    },
    {
      of: 'accents',
      text: 'Café Straße Łódź Ёлка',
      by: ['cafe', 'strasse', 'lodz', 'елка', 'CAFÉ'],
      not: ['cafés'],
    },
    {
      of: 'accents that stand alone',
      text: 'cafe\u0301',
      by: ['café', 'cafe', '"cafe"'],
      not: ['e\u0301'],
    },
    {
      of: 'Chinese',
      text: '我们讨论机器学习模型。',
      by: ['机', '机器', '学习', '器学习模', '"机器学习"', '模型'],
      not: ['学机', '机学'],
    },
    {
      of: 'Japanese',
      text: '東京タワーへ行きました',
      by: ['東京', 'タワー', '行き'],
      not: ['京東'],
    },
    { of: 'Korean', text: '서울대학교에서', by: ['서울', '대학', '학교에서'], not: ['학대'] },
    {
      of: 'parts of identifiers',
      text: 'call getUserById and HTTPServer2, max_pool_size, npm.config.json',
      by: [
        'userBy',
        'UserById',
        'userbyid',
        'byId',
        'serBy',
        'server',
        'httpserv',
        'pool_size',
        'max_pool',
        'config.json',
        'pool',
      ],
      not: ['et', 'rverhttp'],
    },
    {
      of: 'the inside of long words',
      text: 'a databasename',
      by: ['name', 'base', 'sena'],
      not: ['me', 'ame'],
    },
    {
      of: 'two scripts',
      text: 'Pythonの入門',
      by: ['python', '入門', 'Pythonの入'],
      not: ['門python'],
    },
    { of: 'emoji', text: 'done 🎉', by: ['🎉', 'done 🎉'], not: ['🎈'] },
  ])('$of: a text is found by what is in it, and by nothing else', async ({ text, by, not }) => {
    await session.append(text);
    for (const q of by) expect([q, (await search(q)).hits.length]).toEqual([q, 1]);
    for (const q of not) expect([q, await found(q)]).toEqual([q, []]);
  });

  test('a snippet has the place that was found, on one line, and says what to highlight', async () => {
    await session.append(`${'before '.repeat(40)}the\n  Needle ${'after '.repeat(40)}`);
    const { hits } = await search('needle');
    const [{ snippet, highlights } = { snippet: '', highlights: [] }] = hits;
    expect(snippet).toMatch(/^….*before the Needle after.*…$/);
    expect(highlights.map(([start, end]) => snippet.slice(start, end))).toEqual(['Needle']);
  });

  test('titles and memories are found, as long as they say so', async () => {
    const { owner, sessionId } = session;
    await store.sessions.change({ owner, id: sessionId, title: 'Zanzibar trip', now: at(1) });
    await session.editMemory({ memory: 'Likes Zanzibar.' });
    expect((await search('zanzibar')).hits.map(({ kind }) => kind).toSorted()).toEqual([
      'memory',
      'title',
    ]);
    await store.sessions.change({ owner, id: sessionId, title: 'Oslo', now: at(4) });
    await session.editMemory({ memory: 'Likes Oslo.' });
    expect(await found('zanzibar')).toEqual([]);
    await store.memory.forgetAll(owner, sessionId, at(5));
    expect(await found('oslo')).toEqual(['Oslo']);
  });

  test('a title given at the start is found', async () => {
    await store.sessions.create({
      id: randomUUID(),
      owner: session.owner,
      title: 'Quokka',
      now: at(1),
    });
    expect(await found('quokka')).toEqual(['Quokka']);
  });

  test('a turn is found while it runs, and its reply when it has ended, and as it went on', async () => {
    const { turn } = await session.begin({ text: 'question alpha' });
    expect(await found('alpha')).toEqual(['question alpha']);
    await session.end(turn.requestId, { entries: said('answer beta'), state: 'stopped' });
    expect(await found('beta')).toEqual(['answer beta']);
    const { turn: next } = await session.goOn(turn.requestId);
    await session.end(next.requestId, { entries: said('answer beta and gamma') });
    expect(await found('gamma')).toEqual(['answer beta and gamma']);
    expect(await found('beta')).toHaveLength(1);
  });

  test('what a failed turn took back is not found', async () => {
    const { turn } = await session.begin({ text: 'unanswered' });
    await session.end(turn.requestId, { state: 'failed', entries: [] });
    expect(await found('unanswered')).toEqual([]);
  });

  test("another owner's and deleted texts are not found, and a restored one is", async () => {
    const { owner, sessionId } = session;
    await session.append('shared secret');
    const other = await createSession(store);
    expect((await search('secret', {}, other.owner)).hits).toEqual([]);
    await store.sessions.remove(owner, sessionId, at(2));
    expect(await found('secret')).toEqual([]);
    await store.sessions.restore(owner, sessionId, at(3));
    expect(await found('secret')).toEqual(['shared secret']);
    await store.owners.forget(owner, at(4));
    expect(await found('secret')).toEqual([]);
    await store.owners.purge(owner);
    expect(await found('secret')).toEqual([]);
  });

  test('role, model, after and before narrow a search', async () => {
    const { turn } = await session.begin({ text: 'ping one', model: 'big', now: at(10) });
    await session.end(turn.requestId, { entries: said('ping two') });
    await session.append('ping three', 'user', at(20));
    expect(await found('ping', { role: 'assistant' })).toEqual(['ping two']);
    expect(await found('ping', { role: 'user' })).toEqual(['ping three', 'ping one']);
    expect(await found('ping', { model: 'big' })).toEqual(['ping two']);
    expect(await found('ping', { model: 'small' })).toEqual([]);
    expect(await found('ping', { after: at(20) })).toEqual(['ping three']);
    expect((await found('ping', { before: at(20) })).toSorted()).toEqual(['ping one', 'ping two']);
    expect(await found('ping', { after: at(11), before: at(20) })).toEqual([]);
  });

  test('pages go on where the last one ended, newest first, also for phrases', async () => {
    for (let n = 0; n < 45; n += 1) await session.append(`blue whale ${String(n)}`, 'user', at(n));
    await session.append('whale blue', 'user', at(50));
    for (const q of ['whale blue', '"blue whale"']) {
      const all: string[] = [];
      let below: number | null = null;
      do {
        const page = await searchIndexed(store, { owner: session.owner, q, filter: {}, below });
        all.push(...page.hits.map(({ snippet }) => snippet));
        below = page.next;
      } while (below !== null);
      const expected = Array.from({ length: 45 }, (_, n) => `blue whale ${String(44 - n)}`);
      expect(all).toEqual(q.startsWith('"') ? expected : ['whale blue', ...expected]);
    }
  });

  test('texts of the same millisecond all find a place', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => session.append(`same ${String(n)}`)));
    expect((await search('same')).next).not.toBeNull();
  });
});
