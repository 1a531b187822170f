import type { TurnOrder } from '@/lib/chat/turn/turn-store';
import { AppError, unavailable } from '@/lib/errors';
import { needPrices, type BudgetName, type Budgets, type BudgetState } from '@/lib/usage/budget';
import { endOf } from '@/lib/usage/days';
import type { Queries, Tables } from '@/db/engine/client';
import type { Bounds } from './bounds';
import { useOf, useQueryOf, type Payer } from './budget-use';

/** When a reply that is being written may have ended. */
const RETRY_SECONDS = 15;

/** The budgets of an owner and of the key that the request came with. */
export const OWN: readonly BudgetName[] = ['CHAT_PERSON_BUDGET', 'CHAT_KEY_BUDGET'];
/** Everybody's. */
export const SHARED: readonly BudgetName[] = ['CHAT_BUDGET'];

/**
 * Throws `over-budget` when what an owner or key has used, with what is reserved for their running turns, is as much as a
 * budget allows, and where the model has no price to count by `forbidden`, or `unavailable` while that may change. The
 * turn itself, just inserted, is not counted: the last one may exceed the budget. Exact while the transaction holds the
 * owner's row.
 */
export const checkOwnBudgets = (
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  turn: TurnOrder,
): Promise<void> => check(query, tables, bounds, turn, OWN);

/** The same for everybody's budget. Exact while the transaction holds the day's row, and so the last step. */
export const checkSharedBudget = (
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  turn: TurnOrder,
): Promise<void> => check(query, tables, bounds, turn, SHARED);

async function check(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  turn: TurnOrder,
  names: readonly BudgetName[],
): Promise<void> {
  const { now, requestId, price = null, pricesPending, model } = turn;
  const states = await statesOf(query, tables, bounds, names, { ...turn, but: requestId });
  if (price === null && needPrices(states))
    throw pricesPending
      ? unavailable('model')
      : new AppError({ kind: 'forbidden', reason: 'no-price', model });
  // Of several that are used up, the one with the latest reset.
  const [spent] = states
    .filter(({ used, limit }) => used >= limit)
    .toSorted((a, b) => b.resetsAt.getTime() - a.resetsAt.getTime());
  const full = spent ?? states.find(({ used, reserved, limit }) => used + reserved >= limit);
  if (!full) return;
  bounds.refused(full.budget);
  const seconds = Math.ceil((full.resetsAt.getTime() - now.getTime()) / 1000);
  throw new AppError({
    kind: 'over-budget',
    reason: full.budget,
    window: spent ? full.window : 'replies',
    retryAfterSeconds: spent ? seconds : Math.min(seconds, RETRY_SECONDS),
  });
}

/** How these budgets stand. Each is read in one statement, so that a turn that ends is counted once. */
export async function statesOf(
  query: Queries,
  tables: Tables,
  bounds: Budgets,
  names: readonly BudgetName[],
  { owner, keyId, now, but = '' }: Payer & { readonly now: Date; readonly but?: string },
): Promise<BudgetState[]> {
  const states: BudgetState[] = [];
  for (const budget of names) {
    const limits = bounds[budget];
    const build = limits.length > 0 ? useQueryOf(budget, { owner, keyId }) : null;
    if (!build) continue;
    const use = await useOf(query, tables, build, { owner, keyId, now, but });
    for (const each of limits)
      states.push({
        ...each,
        budget,
        used: use[each.window][each.unit],
        reserved: use.reserved[each.unit],
        resetsAt: endOf(each.window, now),
      });
  }
  return states;
}
