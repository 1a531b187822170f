import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { atOnce, boundedStores, newTurn } from '@/tests/setup/bounded-stores';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import { at, createSession } from '@/tests/setup/stored-session';
import { said } from '@/tests/setup/entries';

const failed = { state: 'failed', text: '', failure: { kind: 'internal' } } as const;

/** The limits on what an owner stores. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);

  const expectCounted = async (owner: string) => {
    const { counted, found } = await recount(opened.db, owner);
    expect(counted).toEqual(found);
    return found;
  };

  test.each([1, 2])('200 concurrent sessions, on %i instances, keep to the quota', async (n) => {
    const bounds: string[] = [];
    const refused = (bound: string) => bounds.push(bound);
    const { stores, close } = await boundedStores(
      opened.place,
      { OWNER_MAX_SESSIONS: 20, refused },
      n,
    );
    const owner = randomUUID();
    const create = { owner, title: null, now: at(0) };
    const { through, refusals } = await atOnce(stores, 200, (store) =>
      store.sessions.create({ id: randomUUID(), ...create }),
    );
    expect(through).toBe(20);
    expect(refusals[0]).toEqual({
      kind: 'over-quota',
      reason: 'OWNER_MAX_SESSIONS',
      limit: 20,
    });
    expect(new Set(refusals.map(({ kind }) => kind))).toEqual(new Set(['over-quota']));
    expect(bounds).toEqual(Array.from({ length: 180 }, () => 'OWNER_MAX_SESSIONS'));
    expect(await expectCounted(owner)).toMatchObject({ sessions: 20 });
    await close();
  });

  test.each([1, 2])('200 concurrent sends, on %i instances, keep to the quota', async (n) => {
    const { stores, close } = await boundedStores(opened.place, { OWNER_MAX_MESSAGES: 41 }, n);
    const { owner, sessionId } = await createSession(stores[0]);
    const { through, refusals } = await atOnce(stores, 200, (store) =>
      store.turns.begin(newTurn(owner, at(1), { sessionId })),
    );
    expect(through).toBe(20);
    expect(refusals.every(({ kind }) => kind === 'over-quota')).toBe(true);
    expect(await expectCounted(owner)).toMatchObject({ messages: 40 });
    await close();
  });

  test.each([1, 2])('200 concurrent texts, on %i instances, keep to the size', async (n) => {
    const { stores, close } = await boundedStores(opened.place, { OWNER_MAX_MEGABYTES: 1 }, n);
    const { owner, sessionId } = await createSession(stores[0]);
    const message = { role: 'assistant' as const, content: 'x'.repeat(49_900) };
    const { through, refusals } = await atOnce(stores, 200, (store) =>
      store.messages.append({ owner, sessionId, id: randomUUID(), message, now: at(1) }),
    );
    expect(through).toBe(20);
    expect(refusals[0]).toEqual({ kind: 'over-quota', reason: 'OWNER_MAX_MEGABYTES', limit: 1 });
    expect(await expectCounted(owner)).toMatchObject({ messages: 20, bytes: 998_000 });
    await close();
  });

  test('a full store refuses longer text, but keeps a reply that is already paid for', async () => {
    const { stores, close } = await boundedStores(opened.place, { OWNER_MAX_MEGABYTES: 1 });
    const session = await createSession(stores[0]);
    const { turn } = await session.begin();
    const long = 'ü'.repeat(600_000);
    await session.end(turn.requestId, { state: 'stopped', entries: said(long) });
    expect((await session.contents()).at(-1)).toBe(long);
    expect(await expectCounted(session.owner)).toMatchObject({ bytes: 1_200_005 });
    const overQuota = { failure: { kind: 'over-quota' } };
    await expect(session.begin()).rejects.toMatchObject(overQuota);
    await expect(session.append('more')).rejects.toMatchObject(overQuota);
    const goingOn = session.goOn(turn.requestId, { replyMaxChars: long.length * 2 });
    await expect(goingOn).rejects.toMatchObject(overQuota);
    await expect(session.editMemory({ memory: '- tea' })).rejects.toMatchObject(overQuota);
    await stores[0].turns.begin(newTurn(session.owner, at(3)));
    expect(await session.contents()).toHaveLength(2);
    await expectCounted(session.owner);
    await close();
  });

  test('any change of a session is counted to the byte', async () => {
    const { stores, close } = await boundedStores(opened.place, {});
    const [store] = stores;
    const session = await createSession(store);
    const { owner, sessionId } = session;
    const begin = async (text: string, retryOf: string | null = null) =>
      (await session.begin({ text, retryOf })).turn.requestId;
    const step = async (work: Promise<unknown>) => {
      await work;
      await expectCounted(owner);
    };
    await step(session.append('grüezi 🙂'));
    const first = await begin('one');
    await step(session.end(first, { entries: said('réponse') }));
    const wordless = await begin('two');
    await step(session.end(wordless, { state: 'stopped', entries: said('') }));
    const failing = await begin('thrée');
    await step(session.end(failing, failed));
    await step(begin('thrée', failing).then((id) => session.end(id, failed)));
    const [kept] = await store.turns.failedIn(owner, sessionId);
    await step(store.turns.dismiss(owner, kept?.requestId ?? '', at(4)));
    const cut = await begin('four');
    await step(session.end(cut, { state: 'interrupted', entries: said('half') }));
    await step(session.end(cut, { entries: said('half and the rést') }));
    const stopped = await begin('five');
    await session.end(stopped, { state: 'stopped', entries: said('so far') });
    const { turn } = await session.goOn(stopped);
    await step(session.end(turn.requestId, { entries: said('so far and on') }));
    for (let n = 0; n < 105; n += 1) await session.editMemory({ memory: `- ${'x'.repeat(n)}` });
    await expectCounted(owner);
    expect(await store.memory.revisions(owner, sessionId, 500)).toHaveLength(100);
    const previous = { memory: `- ${'x'.repeat(104)}`, pinned: [] };
    const merge = { sessionId, previous, turn: turn.requestId, now: at(5) };
    await step(store.memory.merge({ ...merge, text: '- ü', revisionId: randomUUID() }));
    await step(store.memory.forgetAll(owner, sessionId, at(6)));
    expect(await store.memory.get(owner, sessionId)).toMatchObject({ memory: null });
    expect(await store.memory.revisions(owner, sessionId, 500)).toEqual([]);
    await step(store.sessions.remove(owner, sessionId, at(7)));
    expect(await expectCounted(owner)).toMatchObject({ sessions: 1 });
    await close();
  });

  test('the trash counts until it is emptied, and then there is room again', async () => {
    const { stores, close } = await boundedStores(opened.place, { OWNER_MAX_SESSIONS: 2 });
    const [store] = stores;
    const { owner, sessionId, append } = await createSession(store);
    await append('hello');
    const create = () =>
      store.sessions.create({ id: randomUUID(), owner, title: null, now: at(1) });
    await create();
    await store.sessions.remove(owner, sessionId, at(2));
    await expect(create()).rejects.toMatchObject({ failure: { kind: 'over-quota' } });
    await store.owners.emptyTrash(owner, at(3));
    await expect(store.sessions.restore(owner, sessionId, at(3))).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
    await store.owners.purge(owner);
    await create();
    expect(await expectCounted(owner)).toMatchObject({ sessions: 2, messages: 0, bytes: 0 });
    await close();
  });

  test('creating a session twice under one id is idempotent', async () => {
    const { stores, close } = await boundedStores(opened.place, {});
    const [store] = stores;
    const { owner, sessionId: id } = await createSession(store);
    await store.sessions.change({ owner, id, title: 'named', now: at(1) });
    const again = { id, title: null, now: at(2) };
    expect(await store.sessions.create({ ...again, owner })).toMatchObject({ id, title: 'named' });
    await expect(store.sessions.create({ ...again, owner: 'other' })).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
    expect(await expectCounted(owner)).toMatchObject({ sessions: 1 });
    await close();
  });
});
