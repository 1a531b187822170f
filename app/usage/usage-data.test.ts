import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '@/tests/databases/engines';
import { boundedStores } from '@/tests/setup/bounded-stores';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import { createSession } from '@/tests/setup/stored-session';
import { nearBudget } from './usage-data';

/** Where app/composition.ts keeps the services. */
const place = globalThis as { [key: symbol]: unknown };
const PLACE = Symbol.for('ask-next.services');
const opened = migratedDatabase(SQLITE.empty);
let store: Awaited<ReturnType<typeof boundedStores>>['stores'][0];

beforeAll(async () => {
  const { stores, close } = await boundedStores(opened.place, {
    CHAT_BUDGET: [{ unit: 'tokens', window: 'month', limit: 1000 }],
    CHAT_PERSON_BUDGET: [{ unit: 'tokens', window: 'day', limit: 10_000 }],
  });
  [store] = stores;
  place[PLACE] = Promise.resolve({ store });
  return close;
});
afterAll(() => {
  Reflect.deleteProperty(place, PLACE);
});

test('from 80 % on operators are told of everybody’s budget, and nobody else', async () => {
  const now = new Date();
  const use = async (input: number) => {
    const session = await createSession(store);
    const { requestId } = (await session.begin({ now })).turn;
    await session.end(requestId, { now, spent: { input, output: 0 } });
  };
  const operator = { owner: randomUUID(), role: 'operator' } as const;
  await use(799);
  expect(await nearBudget(operator)).toBe(null);
  await use(1);
  expect(await nearBudget(operator)).toMatchObject({ isShared: true, used: 800, limit: 1000 });
  expect(await nearBudget({ ...operator, role: 'member' })).toBe(null);
});
