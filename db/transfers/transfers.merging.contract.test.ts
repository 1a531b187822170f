import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openStore } from '@/db/store';
import type { WrittenSession } from '@/lib/sessions/export/session-file';
import { ENGINES } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { boundedStores } from '@/tests/setup/bounded-stores';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import { at, createSession } from '@/tests/setup/stored-session';
import { exported, imported } from '@/tests/setup/transfers/files';

/** A file meets what is here already. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);

  test('a file with more adds it; with other messages it is a conflict, and changes nothing', async () => {
    const store = await openStore(opened.place.database);
    const session = await createSession(store);
    const { owner, sessionId } = session;
    await session.append('one', 'user', at(1));
    const early = await exported(store, owner);
    await session.append('two', 'assistant', at(2));
    await store.sessions.change({ owner, id: sessionId, title: 'Later', now: at(4) });
    const late = await exported(store, owner);

    const other = randomUUID();
    const [first] = await imported(store, other, early);
    expect(await imported(store, other, late, true)).toEqual([{ ...first, kind: 'newer' }]);
    expect(await imported(store, other, late)).toEqual([{ ...first, kind: 'newer' }]);
    expect(await imported(store, other, late)).toEqual([{ ...first, kind: 'same' }]);
    expect(await imported(store, other, early)).toEqual([{ ...first, kind: 'same' }]);
    const copyId = first && 'id' in first ? first.id : '';
    expect(await store.sessions.get(other, copyId)).toMatchObject({ title: 'Later' });
    const branch = await store.messages.branch({ owner: other, sessionId: copyId });
    expect(branch.map(({ content }) => content)).toEqual(['one', 'two']);
    const { counted, found } = await recount(opened.db, other);
    expect(counted).toEqual(found);

    await session.append('three here', 'user', at(5));
    const before = await exported(store, owner);
    const file = JSON.parse(late) as { sessions: WrittenSession[] };
    const added = file.sessions[0]?.messages[1];
    if (added)
      file.sessions[0]?.messages.push({ ...added, id: randomUUID(), parent: added.id, seq: 3 });
    expect(await imported(store, owner, JSON.stringify(file))).toMatchObject([
      { kind: 'conflict' },
    ]);
    if (added) added.content = 'changed';
    expect(await imported(store, owner, JSON.stringify(file))).toMatchObject([
      { kind: 'conflict' },
    ]);
    expect(await exported(store, owner)).toBe(before);
    await store.close();
  });

  test('what is in the trash stays there, and is not exported', async () => {
    const store = await openStore(opened.place.database);
    const { owner, sessionId, append } = await createSession(store);
    await append('one');
    const file = await exported(store, owner);
    await store.sessions.remove(owner, sessionId, at(9));
    expect(await imported(store, owner, file)).toEqual([
      { kind: 'skipped', reason: 'deleted', id: sessionId },
    ]);
    expect(JSON.parse(await exported(store, owner))).toMatchObject({ sessions: [] });
    await store.close();
  });

  test('a session over a quota is skipped whole, by name; a smaller one is stored', async () => {
    const { stores, close } = await boundedStores(opened.place, { OWNER_MAX_MESSAGES: 3 });
    const [store] = stores;
    const owner = randomUUID();
    const claude = (uuid: string, count: number) => ({
      uuid,
      chat_messages: Array.from({ length: count }, (_, n) => ({
        uuid: String(n),
        sender: n % 2 ? 'assistant' : 'human',
        text: `message ${String(n)}`,
      })),
    });
    const file = JSON.stringify([claude('large', 4), claude('small', 2)]);
    expect(await imported(store, owner, file)).toMatchObject([
      { kind: 'skipped', reason: 'OWNER_MAX_MESSAGES', limit: 3 },
      { kind: 'new' },
    ]);
    expect(await imported(store, owner, file)).toMatchObject([
      { kind: 'skipped' },
      { kind: 'same' },
    ]);
    const { counted, found } = await recount(opened.db, owner);
    expect(counted).toEqual(found);
    expect(found).toMatchObject({ sessions: 1, messages: 2 });
    await close();
  });
});
