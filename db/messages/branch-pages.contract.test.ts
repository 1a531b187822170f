import { describe, expect, test } from 'vitest';
import type { Message } from '@/lib/sessions/message';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';
import { said } from '@/tests/setup/entries';

const notFound = { failure: { kind: 'not-found' } };

/** A branch that is read page by page. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let part: { owner: string; sessionId: string };

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    const { owner, sessionId } = session;
    part = { owner, sessionId };
  });

  const read = async (more: { limit?: number; before?: string } = {}): Promise<Message[][]> => {
    const pages: Message[][] = [];
    for await (const page of store.messages.pages({ ...part, ...more })) pages.push(page);
    return pages;
  };

  test('the pages add up to the branch, whichever part is requested', async () => {
    expect(await read()).toEqual([]);
    for (let n = 0; n < 70; n += 1) await session.append(`message ${String(n)}`);
    await session.begin();
    const branch = await store.messages.branch(part);
    expect(branch).toHaveLength(71);
    const pages = await read();
    expect(pages.map(({ length }) => length)).toEqual([64, 7]);
    expect(pages.flat()).toEqual(branch);
    for (const limit of [1, 64, 65, 1000])
      expect((await read({ limit })).flat()).toEqual(branch.slice(-limit));
    const before = branch[50]?.id ?? '';
    expect((await read({ before })).flat()).toEqual(branch.slice(0, 50));
    expect((await read({ before, limit: 3 })).flat()).toEqual(branch.slice(47, 50));
    expect(await read({ before: 'unknown' })).toEqual([]);
  });

  test('a page of long messages has few of them', async () => {
    for (let n = 0; n < 7; n += 1) await session.append('ü'.repeat(50_000), 'assistant');
    await session.append('x'.repeat(400_000), 'assistant');
    await session.append('short');
    expect((await read()).map(({ length }) => length)).toEqual([2, 2, 2, 1, 1, 1]);
  });

  test('a session deleted during the read fails it, a failed turn does not', async () => {
    for (let n = 0; n < 65; n += 1) await session.append('hello');
    const { turn } = await session.begin();
    const pages = store.messages.pages(part)[Symbol.asyncIterator]();
    await pages.next();
    await session.end(turn.requestId, { state: 'failed', entries: said('') });
    expect(await pages.next()).toMatchObject({ value: { length: 1 } });
    const again = store.messages.pages(part)[Symbol.asyncIterator]();
    await again.next();
    await store.owners.forget(part.owner, at(9));
    await store.owners.purge(part.owner);
    await expect(again.next()).rejects.toMatchObject(notFound);
    await expect(read()).rejects.toMatchObject(notFound);
  });
});
