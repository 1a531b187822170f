import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownerOfPerson } from '@/lib/accounts/principal';
import type { NewUserText, TurnOrder, TurnResult } from '@/lib/chat/turn/turn-store';
import type { Store } from '@/db/store';
import { ENGINES } from '@/tests/databases/engines';
import { boundedStores, newTurn } from '@/tests/setup/bounded-stores';
import { said } from '@/tests/setup/entries';
import { migratedDatabase } from '@/tests/setup/migrated-database';

const PRICE = { input: 1_000_000, output: 10_000_000 };
const DAY = '2026-03-15';
const noon = (day = DAY) => new Date(`${day}T12:00:00Z`);
const ALL = { from: '2000-01-01', to: '2099-12-31' };
const ZERO = { turns: 0, failed: 0, input: 0, output: 0, micros: 0, unpriced: 0 };

const RESULT: Omit<TurnResult, 'requestId' | 'now'> = {
  state: 'complete',
  entries: said('hi'),
  failure: null,
  usage: null,
  tokens: null,
  spent: { input: 1000, output: 100 },
  firstTokenMs: 300,
  totalMs: 2000,
  omitted: null,
};

describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);
  let store: Store;

  beforeAll(async () => {
    const bounded = await boundedStores(opened.place, {});
    [store] = bounded.stores;
    return bounded.close;
  });

  type Order = Partial<TurnOrder & NewUserText>;
  const begin = async (owner: string, now: Date, order: Order = {}) => {
    const turn = newTurn(owner, now, { price: PRICE, ...order });
    await store.turns.begin(turn);
    return turn.requestId;
  };
  const end = (requestId: string, now: Date, result: Partial<TurnResult> = {}) =>
    store.turns.end({ ...RESULT, requestId, now, ...result });
  const run = async (owner: string, day = DAY, order: Order = {}, result = {}) => {
    const requestId = await begin(owner, noon(day), order);
    await end(requestId, noon(day), result);
    return requestId;
  };
  const newAccount = async () => {
    const id = randomUUID();
    const rest = { password: null, invitation: null, open: true, mayBeFirst: true, now: noon() };
    await store.accounts.people.add({ id, name: id, login: id, ...rest });
    return id;
  };
  const sums = (owner: string | null, by: 'day' | 'model' | 'person' = 'model', range = ALL) =>
    store.usage.sums({ ...range, by, owner });

  test('a turn is counted when it ends, for its owner, model and day', async () => {
    const owner = randomUUID();
    await run(owner, '2026-03-14');
    await run(owner);
    await run(owner, DAY, { model: 'other' }, { spent: { input: 1, output: 2 } });
    await run(randomUUID());
    const one = { turns: 1, failed: 0, input: 1000, output: 100, micros: 2000, unpriced: 0 };
    const times = { firstMs: 300, firsts: 1, totalMs: 2000, totals: 1 };
    expect(await sums(owner)).toEqual([
      {
        of: 'm',
        turns: 2,
        failed: 0,
        input: 2000,
        output: 200,
        micros: 4000,
        unpriced: 0,
        firstMs: 600,
        firsts: 2,
        totalMs: 4000,
        totals: 2,
      },
      { of: 'other', ...one, ...times, input: 1, output: 2, micros: 21 },
    ]);
    expect(await sums(owner, 'day')).toMatchObject([
      { of: '2026-03-14', ...one },
      { of: DAY, turns: 2, input: 1001 },
    ]);
    expect(await sums(owner, 'day', { from: DAY, to: DAY })).toHaveLength(1);
  });

  test('a turn counts once, also when it was recovered and its process returns', async () => {
    const owner = randomUUID();
    const sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now: noon() });
    const text = 'x'.repeat(400);
    const requestId = await begin(owner, noon(), { sessionId, text });
    const lost = { state: 'interrupted', failure: { kind: 'interrupted' } } as const;
    const unknown = { firstTokenMs: null, totalMs: null };
    const { spent: _spent, ...recovered } = { ...RESULT, ...lost, ...unknown };
    await store.turns.end({ ...recovered, requestId, now: noon(), entries: said('y'.repeat(40)) });
    const counted = await sums(owner);
    // What its prompt was estimated at when it began, and the text that was stored.
    expect(counted).toMatchObject([
      { turns: 1, failed: 1, input: 100, output: 10, micros: 200, firsts: 0, totals: 0 },
    ]);
    await end(requestId, noon(), { entries: said('y'.repeat(80)) });
    await end(requestId, noon());
    expect(await sums(owner)).toEqual(counted);
  });

  test('a turn that is recovered counts its prompt, and of the reply only what it wrote itself', async () => {
    const owner = randomUUID();
    const sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now: noon() });
    const first = await run(
      owner,
      DAY,
      { sessionId, text: 'x'.repeat(400) },
      { state: 'stopped', entries: said('y'.repeat(400)), spent: { input: 0, output: 0 } },
    );
    const goOn = async (continues: string, written: string) => {
      const requestId = randomUUID();
      const order = { ...newTurn(owner, noon(), { price: PRICE, requestId }), sessionId };
      await store.turns.continue({ ...order, continues, replyMaxChars: 10_000 });
      const { spent: _spent, ...result } = RESULT;
      const lost = { state: 'interrupted', failure: { kind: 'interrupted' } } as const;
      const entries = said('y'.repeat(400) + written);
      await store.turns.end({ ...result, ...lost, requestId, now: noon(), entries });
      return requestId;
    };
    const second = await goOn(first, '');
    expect(await sums(owner)).toMatchObject([{ turns: 2, input: 200, output: 0 }]);
    await goOn(second, 'z'.repeat(40));
    expect(await sums(owner)).toMatchObject([{ turns: 3, input: 400, output: 10 }]);
  });

  test('a turn that failed is one, and costs nothing where the upstream was not called', async () => {
    const owner = randomUUID();
    const unavailable = { kind: 'unavailable', reason: 'model', retryAfterSeconds: 5 } as const;
    await run(owner, DAY, {}, { state: 'failed', entries: [], failure: unavailable });
    const cut = { kind: 'cut-short', reason: 'length' } as const;
    await run(owner, DAY, {}, { state: 'interrupted', failure: cut });
    await run(owner, DAY, {}, { state: 'stopped' });
    expect(await sums(owner)).toMatchObject([{ turns: 3, failed: 1, input: 2000, unpriced: 0 }]);
  });

  test('without a price the cost is unknown, and a request of no tokens costs nothing', async () => {
    const owner = randomUUID();
    await run(owner, DAY, { price: null });
    await run(owner, DAY, { price: null }, { spent: { input: 0, output: 0 } });
    await run(owner, DAY, { price: { input: 0, output: 0 } });
    expect(await sums(owner)).toMatchObject([{ turns: 3, micros: 0, unpriced: 1 }]);
  });

  test('what follows a turn is counted for its owner, and is no turn', async () => {
    const owner = randomUUID();
    const requestId = await run(owner);
    const spent = { price: PRICE, tokens: { input: 10, output: 1 }, now: noon() };
    await store.usage.spend({ requestId, model: 'memory', ...spent });
    const of = async () => (await sums(owner)).find((row) => row.of === 'memory');
    expect(await of()).toMatchObject({ ...ZERO, input: 10, output: 1, micros: 20, totals: 0 });
    await store.usage.spend({ requestId: 'gone', model: 'memory', ...spent });
    expect(await of()).toMatchObject({ input: 10 });
  });

  test('concurrent ends lose nothing', async () => {
    const owner = randomUUID();
    const ids = await Promise.all(Array.from({ length: 20 }, () => begin(owner, noon())));
    await Promise.all(ids.flatMap((id) => [end(id, noon()), end(id, noon())]));
    expect(await sums(owner, 'person')).toMatchObject([
      { of: owner, turns: 20, input: 20_000, micros: 40_000 },
    ]);
  });

  test('deleting everything takes the name off the sums of earlier months', async () => {
    const owner = randomUUID();
    const nobody = async () => (await sums('', 'day')).map(({ of, turns }) => [of, turns]);
    await run(owner, '2026-01-31');
    await run(owner, '2026-01-31', { keyId: 'k' });
    await run(owner);
    await store.owners.forget(owner, noon());
    await store.owners.purge(owner);
    expect((await sums(owner, 'day')).map(({ of }) => of)).toEqual([DAY]);
    expect(await nobody()).toContainEqual(['2026-01-31', 2]);
    const id = await newAccount();
    const gone = ownerOfPerson(id);
    await run(gone, '2026-01-30');
    await run(gone, '2026-01-29');
    await store.accounts.people.remove({ id, owner: gone, now: noon('2026-01-30') }, null);
    await store.owners.forget(gone, noon('2026-01-30'));
    await store.owners.purge(gone);
    expect(await sums(gone)).toEqual([]);
    expect(await nobody()).toContainEqual(['2026-01-30', 1]);
  });

  test('a turn that is deleted while it runs counts as reserved, once', async () => {
    const owner = randomUUID();
    const sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now: noon() });
    const requestId = await begin(owner, noon(), { sessionId, text: 'x'.repeat(400) });
    const alone = await begin(owner, noon());
    await store.owners.forget(owner, noon());
    await store.owners.purge(owner);
    for (const id of [requestId, alone]) await end(id, noon());
    const [counted, ...more] = await sums(owner);
    expect(more).toEqual([]);
    expect(counted).toMatchObject({ of: 'm', turns: 2, output: 16_000 });
  });

  test('a visitor who gets an account takes the sums along', async () => {
    const [from, to] = [randomUUID(), ownerOfPerson(await newAccount())];
    await run(from);
    await run(to);
    await store.accounts.claims.moveAll(from, to, noon());
    expect(await sums(from)).toEqual([]);
    expect(await sums(to)).toMatchObject([{ turns: 2, micros: 4000 }]);
  });

  test('sums are pruned by day, for all owners', async () => {
    const owner = randomUUID();
    for (const day of ['2001-01-01', '2001-01-02', '2001-01-03']) await run(owner, day);
    await store.usage.prune('2001-01-03');
    expect((await sums(owner, 'day')).map(({ of }) => of)).toEqual(['2001-01-03']);
    expect(await sums(null, 'day', { from: '2000-01-01', to: '2001-12-31' })).toHaveLength(1);
  });
});
