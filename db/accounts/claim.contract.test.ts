import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Db } from '@/db/engine/client';
import type { Store } from '@/db/store';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { boundedStores } from '@/tests/setup/bounded-stores';
import { at, createSession } from '@/tests/setup/stored-session';

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let stores: [Store, ...Store[]];
  let store: Store;
  let db: Db;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    place = await empty();
    ({ stores, close } = await boundedStores(place, {}, 2));
    [store] = stores;
    db = await openDatabase(place.database);
  });
  afterAll(async () => {
    await db.close();
    await close();
    await place.remove();
  });

  const someone = () => ownerOfPerson(randomUUID());
  const titles = async (owner: string) =>
    (await store.sessions.list({ owner, list: 'current', limit: 1000, after: null })).length;

  test('sessions, trash, counts and search move, and the visitor keeps nothing', async () => {
    const [visitor, id] = [randomUUID(), randomUUID()];
    const rest = { password: null, invitation: null, open: true, mayBeFirst: true, now: at(0) };
    await store.accounts.people.add({ id, name: 'Ada', login: 'ada', ...rest });
    const person = ownerOfPerson(id);
    const own = await createSession(store, person);
    await own.begin();
    const first = await createSession(store, visitor);
    const { turn } = await first.begin({ text: 'a walrus in the garden' });
    await first.end(turn.requestId);
    const deleted = await createSession(store, visitor);
    await store.sessions.remove(visitor, deleted.sessionId, at(5));
    await store.about.edit({ owner: visitor, text: 'Oslo', revisionId: randomUUID(), now: at(5) });
    expect(await store.accounts.claims.countOf(visitor)).toBe(1);
    expect(await store.accounts.claims.moveAll(visitor, person, at(9))).toBe(2);
    const counts = await recount(db, person);
    expect(counts.found.sessions).toBe(3);
    // The text about the person is counted with them, and is not in a session.
    const about = Buffer.byteLength('Oslo');
    expect(counts.counted).toEqual({ ...counts.found, bytes: counts.found.bytes + about });
    expect((await recount(db, visitor)).counted).toMatchObject({
      sessions: 0,
      messages: 0,
      bytes: 0,
    });
    expect((await store.about.get(person)).text).toBe('Oslo');
    expect(await titles(visitor)).toBe(0);
    expect(await store.accounts.claims.moveAll(visitor, person, at(9))).toBe(0);
  });

  test('a running turn goes on, and its reply is the person’s', async () => {
    const [visitor, person] = [randomUUID(), someone()];
    const session = await createSession(store, visitor);
    const idempotency = { key: 'k', bodyHash: 'h' };
    const { turn } = await session.begin({ idempotency });
    await store.accounts.claims.moveAll(visitor, person, at(9));
    expect(await store.turns.runningIn(person)).toEqual([turn.requestId]);
    await session.end(turn.requestId);
    const counts = await recount(db, person);
    expect(counts.counted).toEqual(counts.found);
    expect(counts.found.messages).toBe(2);
    // The same send again, now by the person, is not paid for twice.
    const again = await store.turns.begin({ ...turn, owner: person, requestId: randomUUID() });
    expect(again).toMatchObject({ kind: 'joined', requestId: turn.requestId });
  });

  test('two visitors meet one person, and two tabs claim at once: each session moves once', async () => {
    const person = someone();
    const visitors = [randomUUID(), randomUUID()];
    for (const visitor of visitors)
      for (let n = 0; n < 25; n += 1) await createSession(store, visitor);
    const tabs = [...visitors, ...visitors].map((visitor, n) =>
      (stores[n % 2] ?? store).accounts.claims.moveAll(visitor, person, at(9)),
    );
    const moved = await Promise.all(tabs);
    expect(moved.reduce((sum, each) => sum + each, 0)).toBe(50);
    const counts = await recount(db, person);
    expect(counts.counted).toEqual(counts.found);
    expect(counts.found.sessions).toBe(50);
  });

  test('what ends while two visitors become one person is counted for the person', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, other, person] = [randomUUID(), randomUUID(), someone()];
      const running = async (owner: string) => {
        const models = Array.from({ length: MODELS }, (_, n) => `m${String(n)}`);
        // Which differs in order, and so could deadlock.
        const named = owner === one ? models : models.toReversed();
        const begun = named.map(async (model) => {
          const session = await createSession(store, owner);
          await session.end((await session.begin({ model })).turn.requestId, { spent: SPENT });
          return { session, id: (await session.begin({ model })).turn.requestId };
        });
        return Promise.all(begun);
      };
      const turns = [...(await running(one)), ...(await running(other))];
      const [a, b = a] = stores;
      await Promise.all([
        ...turns.map(({ session, id }) => session.on(b).end(id, { spent: SPENT })),
        ...turns.map(({ id }) =>
          a.usage.spend({ requestId: id, model: 'memory', price: null, tokens: SPENT, now: at(2) }),
        ),
        a.accounts.claims.moveAll(one, person, at(9)),
        b.accounts.claims.moveAll(other, person, at(9)),
      ]);
      const sums = (owner: string) => store.usage.sums({ ...EVER, by: 'person', owner });
      expect([await sums(one), await sums(other)]).toEqual([[], []]);
      expect(await sums(person)).toMatchObject([{ turns: 4 * MODELS, input: 6 * MODELS }]);
    }
  });
});

const ROUNDS = 5;
const MODELS = 6;
const SPENT = { input: 1, output: 1 };
const EVER = { from: '2000-01-01', to: '2099-12-31' };
