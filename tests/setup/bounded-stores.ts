import { randomUUID } from 'node:crypto';
import { UNBOUNDED, type Bounds } from '@/db/quotas/bounds';
import { openStore, type Store } from '@/db/store';
import type { NewIds, NewTurn, NewUserText, TurnOrder } from '@/lib/chat/turn/turn-store';
import { failureOf, type Failure } from '@/lib/errors';
import type { EmptyDatabase } from '../databases/engines';

/** Several stores on one database, as several instances would open, all with these limits. */
export async function boundedStores(
  { database }: EmptyDatabase,
  bounds: Partial<Bounds>,
  count = 1,
): Promise<{ stores: [Store, ...Store[]]; close: () => Promise<unknown> }> {
  const open = () => openStore(database, { ...UNBOUNDED, ...bounds });
  const stores: [Store, ...Store[]] = [await open()];
  while (stores.length < count) stores.push(await open());
  return { stores, close: () => Promise.all(stores.map((store) => store.close())) };
}

/** Runs an attempt `count` times concurrently, over all stores in turn: how many succeed, and why the others fail. */
export async function atOnce(
  stores: readonly Store[],
  count: number,
  attempt: (store: Store, n: number) => Promise<unknown>,
): Promise<{ through: number; refusals: Failure[] }> {
  const attempts = Array.from({ length: count }, (_, n) => {
    const store = stores[n % stores.length];
    return store ? retryWhileBusy(() => attempt(store, n)) : Promise.reject(new Error('no store'));
  });
  const settled = await Promise.allSettled(attempts);
  const refusals = settled.flatMap((each) =>
    each.status === 'rejected' ? [failureOf(each.reason)] : [],
  );
  return { through: count - refusals.length, refusals };
}

/** Retries `unavailable`, as clients do: on a busy machine the connection pool may run out. */
async function retryWhileBusy(attempt: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      if (failureOf(thrown).kind !== 'unavailable') throw thrown;
    }
  }
}

/** The input of a new turn; without a session unless `more` has one. */
export const newTurn = (
  owner: string,
  now: Date,
  more: Partial<TurnOrder & NewIds & NewUserText> = {},
): NewTurn => ({
  requestId: randomUUID(),
  owner,
  sessionId: null,
  model: 'm',
  idempotency: null,
  instance: 'here',
  contextMessages: 10,
  contextChars: 1000,
  now,
  text: 'hello',
  userMessageId: randomUUID(),
  replyId: randomUUID(),
  retryOf: null,
  ...more,
});
