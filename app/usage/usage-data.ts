import 'server-only';
import { ownerOfPerson, type Principal } from '@/lib/accounts/principal';
import { AppError } from '@/lib/errors';
import type { NearBudget } from '@/lib/page/session-page';
import { isNearlyUsed } from '@/lib/usage/budget';
import type { UsageQuery } from '@/lib/usage/usage-query';
import { currency, services } from '@/app/composition';

/** Throws `forbidden` where only an operator may see it. */
export function checkUsageAccess(whose: UsageQuery['whose'], { role }: Principal): void {
  if (whose === 'everyone' && role !== 'operator')
    throw new AppError({ kind: 'forbidden', reason: 'operator' });
}

type UsageRequest = Pick<UsageQuery, 'from' | 'to' | 'by' | 'whose'> & { readonly now: Date };

/** The requested sums, the rest of the budgets, and the names of the people in them. */
export async function readUsage(
  { owner, keyId }: Principal,
  { whose, now, ...range }: UsageRequest,
) {
  const { store } = await services();
  const isAll = whose === 'everyone';
  const of = { ...range, owner: isAll ? null : owner };
  const [rows, total, budgets, names] = await Promise.all([
    store.usage.sums(of),
    store.usage.total(of),
    store.usage.budgets({ owner, keyId, now, shared: isAll }),
    isAll && range.by === 'person' ? namesOfPeople() : new Map<string, string>(),
  ]);
  return { rows, total, budgets, names, currency: currency() };
}

async function namesOfPeople(): Promise<Map<string, string>> {
  const { store } = await services();
  const people = await store.accounts.people.list();
  return new Map(people.map(({ id, name }) => [ownerOfPerson(id), name]));
}

/**
 * The budget of a person, and for an operator of everybody, that is nearest to its end; null while all have much left, or
 * there is none.
 */
export async function nearBudget({
  owner,
  role,
}: Pick<Principal, 'owner' | 'role'>): Promise<NearBudget | null> {
  const { store } = await services();
  const shared = role === 'operator';
  const states = await store.usage.budgets({ owner, now: new Date(), shared });
  const [nearest] = states
    .filter(isNearlyUsed)
    .toSorted((a, b) => b.used / b.limit - a.used / a.limit);
  if (!nearest) return null;
  const { budget, unit, window, used, limit } = nearest;
  const isShared = budget === 'CHAT_BUDGET';
  return { isShared, unit, window, used, limit, currency: currency() };
}
