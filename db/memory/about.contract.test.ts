import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '@/db/engine/client';
import type { Store } from '@/db/store';
import { exportSessions } from '@/lib/sessions/export/session-pieces';
import { readOwnAbout } from '@/lib/sessions/import/own-about';
import { readOwnSession } from '@/lib/sessions/import/own-session';
import { readImport } from '@/lib/sessions/import/read-import';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let session: StoredSession;
  let owner: string;

  givenSessions(empty, (given) => {
    ({ place, store, session } = given);
  });
  beforeEach(() => {
    ({ owner } = session);
  });

  const write = (text: string | null, second = 1, more: { expected?: string | null } = {}) =>
    store.about.edit({ owner, text, revisionId: randomUUID(), now: at(second), ...more });
  const text = async (of = owner) => (await store.about.get(of)).text;
  const bytes = async () => {
    const db = await openDatabase(place.database);
    const rows = await db.read((query) => query.select().from(db.tables.owners));
    await db.close();
    return rows.find((row) => row.owner === owner)?.bytes;
  };
  const exported = async (of: string) => {
    let file = '';
    const about = (await store.about.revisions(of, 100)).toReversed();
    for await (const piece of exportSessions([], at(99), about)) file += piece;
    return file;
  };
  const imported = async (of: string, file: string, dryRun = false) => {
    const kinds: string[] = [];
    const deps = { now: at(9), pause: () => setImmediate(), readOwn: readOwnSession };
    for await (const read of readImport(new Blob([file]), {
      ...deps,
      readAbout: readOwnAbout('About me'),
    })) {
      if (!('about' in read)) throw new Error('no text');
      const input = { owner: of, revisions: read.about, dryRun, now: at(9) };
      kinds.push((await store.transfers.importAbout(input)).kind);
    }
    return kinds;
  };

  test('it goes into every session’s prompt once it is written, and is counted', async () => {
    const context = async () => {
      const { begun } = await session.begin();
      return begun.kind === 'started' ? begun.context.about : begun.kind;
    };
    expect([await text(), await context()]).toEqual([null, null]);
    await write('I live in Oslo.');
    expect([await text(), await context()]).toEqual(['I live in Oslo.', 'I live in Oslo.']);
    const other = await createSession(store);
    const { begun } = await other.begin();
    expect(begun).toMatchObject({ context: { about: null } });
    expect(await text(other.owner)).toBeNull();
    const before = await bytes();
    await write('I live in Bø.', 2);
    expect(await bytes()).toBe((before ?? 0) + 14);
    await store.about.forgetAll(owner);
    // Its text and what the turn kept of it.
    expect(await bytes()).toBe((before ?? 0) - 15 - 15);
    expect(await store.about.revisions(owner, 9)).toEqual([]);
  });

  test('each change is a revision, can be undone, and meets no other unseen', async () => {
    await write('one');
    await write('one\ntwo', 2, { expected: 'one' });
    const changed = { failure: { kind: 'conflict', reason: 'changed' } };
    await expect(write('three', 3, { expected: 'one' })).rejects.toMatchObject(changed);
    await write('one\ntwo\nthree', 3);
    const [, second] = await store.about.revisions(owner, 9);
    expect(second).toMatchObject({ before: 'one', text: 'one\ntwo' });
    const undo = { owner, undoes: second?.id ?? '', revisionId: randomUUID(), now: at(4) };
    expect(await store.about.undo(undo)).toMatchObject({ text: 'one\nthree' });
    const refused = { failure: { kind: 'conflict', reason: 'not-undoable' } };
    await expect(store.about.undo(undo)).rejects.toMatchObject(refused);
    const other = { ...undo, owner: randomUUID() };
    await expect(store.about.undo(other)).rejects.toMatchObject({ failure: { kind: 'not-found' } });
    expect((await store.about.revisions(owner, 2, 3)).map((row) => row.text)).toEqual([
      'one\ntwo',
      'one',
    ]);
  });

  test('a watcher learns when it was written, of its owners alone, and when it is deleted', async () => {
    const other = await createSession(store);
    const writtenAt = async () => [...(await store.about.writtenAt([owner, randomUUID()]))];
    expect(await writtenAt()).toEqual([]);
    await write('one', 2);
    await write('two', 3);
    await store.about.edit({ owner: other.owner, text: 'x', revisionId: randomUUID(), now: at(4) });
    expect(await writtenAt()).toEqual([[owner, at(3)]]);
    const many = Array.from({ length: 300 }, () => randomUUID());
    expect([...(await store.about.writtenAt([...many, owner]))]).toEqual([[owner, at(3)]]);
    await store.about.forgetAll(owner);
    expect(await writtenAt()).toEqual([]);
    expect(await store.about.writtenAt([])).toEqual(new Map());
  });

  test('two writers come one after the other', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, n) => write(String(n), 1)));
    const rows = await store.about.revisions(owner, 9);
    expect(rows.map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
  });

  test('it is deleted with everything, and keeps its owner from being pruned before', async () => {
    const times = { unseenSince: at(0), emptySince: at(50) };
    await session.append('hello');
    await write('secret');
    await store.sessions.remove(owner, session.sessionId, at(2));
    await store.sessions.purge(at(3));
    await store.owners.prune({ now: at(4), ...times });
    expect(await text()).toBe('secret');
    expect(await bytes()).toBe(6);
    await store.owners.forget(owner, at(5));
    expect(await text()).toBeNull();
    await store.owners.purge(owner);
    expect(await bytes()).toBeUndefined();
  });

  test('an export comes back, byte for byte, and the same file changes nothing', async () => {
    for (const [n, each] of ['one', null, 'two'].entries()) await write(each, n + 1);
    const file = await exported(owner);
    const other = randomUUID();
    expect(await imported(other, file, true)).toEqual(['new']);
    expect(await text(other)).toBeNull();
    expect(await imported(other, file)).toEqual(['new']);
    expect(await exported(other)).toBe(file);
    expect(await imported(other, file)).toEqual(['same']);
    await write('three', 4);
    expect(await imported(other, await exported(owner))).toEqual(['newer']);
    expect(await exported(other)).toBe(await exported(owner));
    expect(await imported(owner, file)).toEqual(['same']);
    await write('mine', 5);
    await store.about.edit({ owner: other, text: 'theirs', revisionId: randomUUID(), now: at(6) });
    expect(await imported(owner, await exported(other))).toEqual(['conflict']);
    expect(await text()).toBe('mine');
  });
});
