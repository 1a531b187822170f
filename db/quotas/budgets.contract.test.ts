import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TurnOrder } from '@/lib/chat/turn/turn-store';
import type { BudgetLimit } from '@/lib/usage/budget';
import type { Bounds } from './bounds';
import type { Store } from '@/db/store';
import { ENGINES } from '@/tests/databases/engines';
import { atOnce, boundedStores, newTurn } from '@/tests/setup/bounded-stores';
import { said } from '@/tests/setup/entries';
import { migratedDatabase } from '@/tests/setup/migrated-database';

const limit = (
  unit: BudgetLimit['unit'],
  window: BudgetLimit['window'],
  most: number,
): BudgetLimit => ({ unit, window, limit: most });
const PRICE = { input: 1_000_000, output: 10_000_000 };
/** What a turn counts as while it runs: two tokens of "hello" and a reply of 98. */
const RESERVED = 100;
const REPLY = { askedTokens: RESERVED - 2 };

const RESULT = {
  state: 'complete',
  entries: said('hi'),
  failure: null,
  usage: null,
  tokens: null,
  firstTokenMs: 3,
  omitted: null,
} as const;
let months = 0;
/** 18:00 on the 10th of a month that no other test uses. */
const newMonth = () => new Date(Date.UTC(2100, (months += 1), 10, 18));
const later = (time: Date, days: number) => new Date(time.getTime() + days * 86_400_000);

describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);
  const begun: string[] = [];

  const open = async (bounds: Partial<Bounds>, instances = 1) => {
    const { stores, close } = await boundedStores(opened.place, bounds, instances);
    return {
      stores,
      /** No turn runs on into the next test. */
      async close() {
        for (const id of begun.splice(0)) await end(stores[0], id, new Date(0), 0);
        await close();
      },
    };
  };

  const begin = async (store: Store, owner: string, now: Date, more: Partial<TurnOrder> = {}) => {
    const turn = newTurn(owner, now, { price: PRICE, ...REPLY, ...more });
    await store.turns.begin(turn);
    begun.push(turn.requestId);
    return turn.requestId;
  };
  const end = (store: Store, requestId: string, now: Date, output: number) =>
    store.turns.end({ ...RESULT, requestId, now, spent: { input: 0, output } });
  const use = async (store: Store, owner: string, now: Date, output: number) =>
    end(store, await begin(store, owner, now), now, output);
  const over = (reason: string, window: string) => ({
    failure: { kind: 'over-budget', reason, window },
  });

  describe.each([1, 2])('200 sends at the edge of a budget, on %i instances', (instances) => {
    test.each([
      ['CHAT_PERSON_BUDGET', 'somebody'],
      ['CHAT_KEY_BUDGET', 'key:ci'],
      ['CHAT_BUDGET', null],
    ] as const)('%s is exceeded by one reply at most', async (name, one) => {
      const ownerOf = (): string => one ?? randomUUID();
      const most = 10 * RESERVED;
      const bounds = { [name]: [limit('tokens', 'day', most)] };
      const { stores, close } = await open(bounds, instances);
      const now = newMonth();
      await use(stores[0], ownerOf(), now, 5 * RESERVED + 1);
      const ids: string[] = [];
      const send = async (store: Store) => {
        ids.push(await begin(store, ownerOf(), now));
      };
      const { through, refusals } = await atOnce(stores, 200, send);
      expect(through).toBe(5);
      expect(new Set(refusals.map((each) => JSON.stringify(each)))).toEqual(
        new Set([
          JSON.stringify({
            kind: 'over-budget',
            reason: name,
            window: 'replies',
            retryAfterSeconds: 15,
          }),
        ]),
      );
      for (const id of ids) await end(stores[0], id, now, RESERVED);
      await expect(begin(stores[0], ownerOf(), now)).rejects.toMatchObject(over(name, 'day'));
      await begin(stores[0], ownerOf(), later(now, 1));
      await close();
    });
  });

  test('turns that end and begin at once are counted once, whichever is seen', async () => {
    const { stores, close } = await open(
      { CHAT_PERSON_BUDGET: [limit('tokens', 'day', 20 * RESERVED)] },
      2,
    );
    const now = newMonth();
    const owner = randomUUID();
    const { through } = await atOnce(stores, 100, (store) => use(store, owner, now, RESERVED));
    expect(through).toBe(20);
    await close();
  });

  test('a budget in money is used up by what replies cost, at the price when they began', async () => {
    const { stores, close } = await open({
      CHAT_PERSON_BUDGET: [limit('money', 'day', 3000), limit('money', 'month', 5000)],
    });
    const [store] = stores;
    const now = newMonth();
    const owner = randomUUID();
    for (let n = 0; n < 3; n += 1) await use(store, owner, now, 100);
    const refused = await begin(store, owner, now).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject(over('CHAT_PERSON_BUDGET', 'day'));
    expect(refused).toMatchObject({ failure: { retryAfterSeconds: 6 * 3600 } });
    const tomorrow = later(now, 1);
    for (let n = 0; n < 2; n += 1) await use(store, owner, tomorrow, 100);
    await expect(begin(store, owner, tomorrow)).rejects.toMatchObject(
      over('CHAT_PERSON_BUDGET', 'month'),
    );
    await begin(store, randomUUID(), tomorrow);
    await begin(store, owner, later(now, 30));
    // Both are used up: tomorrow would not help.
    const other = randomUUID();
    for (const output of [200, 300]) await use(store, other, now, output);
    await expect(begin(store, other, now)).rejects.toMatchObject(
      over('CHAT_PERSON_BUDGET', 'month'),
    );
    await close();
  });

  test('a model without a price is refused where a budget is in money, and only there', async () => {
    const { stores, close } = await open({ CHAT_KEY_BUDGET: [limit('money', 'day', 1)] });
    const [store] = stores;
    const now = newMonth();
    const unpriced = { price: null };
    await begin(store, randomUUID(), now, unpriced);
    await expect(begin(store, 'key:no-price', now, unpriced)).rejects.toMatchObject({
      failure: { kind: 'forbidden', reason: 'no-price', model: 'm' },
    });
    const pending = { ...unpriced, pricesPending: true };
    await begin(store, randomUUID(), now, pending);
    await expect(begin(store, 'key:no-price', now, pending)).rejects.toMatchObject({
      failure: { kind: 'unavailable', reason: 'model', retryAfterSeconds: 5 },
    });
    await begin(store, 'key:no-price', now, { price: { input: 0, output: 0 } });
    await close();
  });

  test('a stored key has its own budget, and counts for its person', async () => {
    const { stores, close } = await open({
      CHAT_KEY_BUDGET: [limit('tokens', 'month', RESERVED)],
      CHAT_PERSON_BUDGET: [limit('tokens', 'month', 2 * RESERVED)],
    });
    const [store] = stores;
    const now = newMonth();
    const owner = randomUUID();
    const withKey = (keyId: string) => begin(store, owner, now, { keyId });
    await end(store, await withKey('one'), now, RESERVED);
    await expect(withKey('one')).rejects.toMatchObject(over('CHAT_KEY_BUDGET', 'month'));
    await end(store, await withKey('two'), now, RESERVED);
    await expect(begin(store, owner, now)).rejects.toMatchObject(
      over('CHAT_PERSON_BUDGET', 'month'),
    );
    await close();
  });

  test('a refused turn leaves nothing behind, and one deleted while it runs is used up', async () => {
    const bounds = { CHAT_PERSON_BUDGET: [limit('tokens', 'day', RESERVED)] };
    const { stores, close } = await open(bounds);
    const [store] = stores;
    const now = newMonth();
    const owner = randomUUID();
    const sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now });
    await begin(store, owner, now, { sessionId });
    const refused = newTurn(owner, now, { price: PRICE, ...REPLY, sessionId });
    await expect(store.turns.begin(refused)).rejects.toMatchObject(
      over('CHAT_PERSON_BUDGET', 'replies'),
    );
    expect(await store.turns.find(owner, refused.requestId)).toBeNull();
    await store.owners.forget(owner, now);
    await store.owners.purge(owner);
    await expect(begin(store, owner, now)).rejects.toMatchObject(over('CHAT_PERSON_BUDGET', 'day'));
    await close();
  });

  test('what is reserved is the prompt and the longest reply that is asked for', async () => {
    const bounds = { CHAT_PERSON_BUDGET: [limit('tokens', 'day', 1_000_000)] };
    const { stores, close } = await open(bounds);
    const [store] = stores;
    const now = newMonth();
    const reserved = async (more: Partial<TurnOrder>) => {
      const owner = randomUUID();
      await begin(store, owner, now, { askedTokens: null, ...more });
      const [state] = await store.usage.budgets({ owner, now, shared: false });
      return state?.reserved;
    };
    expect(await reserved({})).toBe(2 + 8000);
    expect(await reserved({ mostTokens: 500 })).toBe(2 + 500);
    expect(await reserved({ askedTokens: 50_000 })).toBe(2 + 50_000);
    expect(await reserved({ askedTokens: 50_000, mostTokens: 300 })).toBe(2 + 300);
    expect(await reserved({ promptTokens: 700, askedTokens: 1 })).toBe(701);
    expect(await reserved({ askedTokens: 2 ** 53 })).toBe(2 + 10_000_000);
    await close();
  });
});
