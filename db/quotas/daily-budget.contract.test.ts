import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { TurnResult } from '@/lib/chat/turn/turn-store';
import { ENGINES } from '@/tests/databases/engines';
import { atOnce, boundedStores, newTurn } from '@/tests/setup/bounded-stores';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import type { Store } from '@/db/store';
import { said } from '@/tests/setup/entries';

const RESULT: Omit<TurnResult, 'requestId'> = {
  state: 'complete',
  entries: said('hi'),
  failure: null,
  usage: null,
  tokens: null,
  firstTokenMs: 3,
  omitted: null,
  now: new Date(0),
};
const HOUR_MS = 3_600_000;
let days = 0;
/** 18:00 on a day that no other test uses. */
const newDay = () => new Date(Date.UTC(2026, 0, ++days, 18));

/** The day's budget of all owners, and the running turns of one. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);

  const usedOn = async (now: Date) => {
    const { dailyUse } = opened.db.tables;
    const day = now.toISOString().slice(0, 10);
    const [used] = await opened.db.read((query) =>
      query.select().from(dailyUse).where(eq(dailyUse.day, day)),
    );
    return used && { turns: used.turns, tokens: used.tokens };
  };
  const daily = (turns: number, tokens = Infinity) => ({ CHAT_DAILY_LIMIT: { turns, tokens } });
  const overBudget = { failure: { kind: 'over-budget' } };

  test.each([1, 2])(
    '200 concurrent sends, on %i instances, begin as many turns as the day allows',
    async (n) => {
      const { stores, close } = await boundedStores(opened.place, daily(20), n);
      const now = newDay();
      const { through, refusals } = await atOnce(stores, 200, (store) =>
        store.turns.begin(newTurn(randomUUID(), now)),
      );
      expect(through).toBe(20);
      expect(new Set(refusals.map((failure) => JSON.stringify(failure)))).toEqual(
        new Set([
          JSON.stringify({
            kind: 'over-budget',
            reason: 'CHAT_DAILY_LIMIT',
            retryAfterSeconds: (6 * HOUR_MS) / 1000,
          }),
        ]),
      );
      expect(await usedOn(now)).toEqual({ turns: 20, tokens: 0 });
      await stores[0].turns.begin(newTurn(randomUUID(), newDay()));
      await close();
    },
  );

  test.each([1, 2])(
    '200 concurrent sends, on %i instances, run as many turns as one owner may',
    async (n) => {
      const { stores, close } = await boundedStores(opened.place, { TURNS_PER_OWNER: 7 }, n);
      const now = newDay();
      const owner = randomUUID();
      const ids: string[] = [];
      const begin = async (store: Store) => {
        const turn = newTurn(owner, now);
        await store.turns.begin(turn);
        ids.push(turn.requestId);
      };
      const { through, refusals } = await atOnce(stores, 200, begin);
      expect(through).toBe(7);
      expect(refusals[0]).toMatchObject({ kind: 'over-budget', retryAfterSeconds: 5 });
      expect(await usedOn(now)).toMatchObject({ turns: 7 });
      await stores[0].turns.begin(newTurn('another', now));
      for (const requestId of ids.slice(0, 2))
        await stores[0].turns.end({ ...RESULT, requestId, now });
      expect(await atOnce(stores, 20, begin)).toMatchObject({ through: 2 });
      await close();
    },
  );

  test('tokens are counted when a turn ends, and no turn begins once they are used up', async () => {
    const { stores, close } = await boundedStores(opened.place, daily(Infinity, 1000));
    const [store] = stores;
    const now = newDay();
    const turns = Array.from({ length: 3 }, () => newTurn(randomUUID(), now));
    for (const turn of turns) await store.turns.begin(turn);
    const ends = [
      { spent: { input: 200, output: 400 } },
      { entries: said('x'.repeat(1000)) },
      { spent: { input: 0, output: 2 ** 60 } },
    ];
    for (const [n, more] of ends.entries())
      await store.turns.end({ ...RESULT, requestId: turns[n]?.requestId ?? '', now, ...more });
    const estimated = 'hello'.length / 4 + 1000 / 4;
    const tokens = 600 + Math.ceil(estimated) + 1_000_000_000;
    expect(await usedOn(now)).toEqual({ turns: 3, tokens });
    await expect(store.turns.begin(newTurn('other', now))).rejects.toMatchObject(overBudget);
    const requestId = turns[0]?.requestId ?? '';
    const spent = { requestId, model: 'm', price: null, now };
    await store.usage.spend({ ...spent, tokens: { input: 3, output: 2 } });
    expect(await usedOn(now)).toMatchObject({ turns: 3, tokens: tokens + 5 });
    await close();
  });

  test('joining a turn costs nothing, nor does a turn for which the upstream was not called', async () => {
    const { stores, close } = await boundedStores(opened.place, {
      ...daily(1),
      TURNS_PER_OWNER: 1,
    });
    const [store] = stores;
    const now = newDay();
    const idempotency = { key: randomUUID(), bodyHash: 'x' };
    const owner = randomUUID();
    const turn = newTurn(owner, now, { idempotency });
    await store.turns.begin(turn);
    const again = { ...newTurn(owner, now, { idempotency }), full: true };
    expect(await store.turns.begin(again)).toEqual({ kind: 'joined', requestId: turn.requestId });
    expect(await usedOn(now)).toMatchObject({ turns: 1 });
    const unavailable = { kind: 'unavailable', reason: 'store', retryAfterSeconds: 5 } as const;
    const failed = { state: 'failed', text: '', failure: unavailable } as const;
    await store.turns.end({ ...RESULT, requestId: turn.requestId, now, ...failed });
    expect(await usedOn(now)).toEqual({ turns: 0, tokens: 0 });
    await store.turns.begin(newTurn('other', now));
    await close();
  });

  test('a process at its limit refuses a turn, which leaves nothing behind', async () => {
    const { stores, close } = await boundedStores(opened.place, {});
    const now = newDay();
    const turn = newTurn('somebody', now, { full: true });
    await expect(stores[0].turns.begin(turn)).rejects.toMatchObject(overBudget);
    expect(await stores[0].turns.find('somebody', turn.requestId)).toBeNull();
    expect(await usedOn(now)).toBeUndefined();
    await close();
  });
});
