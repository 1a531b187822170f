import { and, eq, lt, sql } from 'drizzle-orm';
import { idOfPerson } from '@/lib/accounts/principal';
import { monthOf } from '@/lib/usage/days';
import type { Queries, Tables } from '@/db/engine/client';
import { adding, totals } from './sums';

/** `from` of the sums of people who were deleted. */
export const NO_OWNER = '';

interface Move {
  readonly from: string;
  readonly to: string;
  /** Only days before this one; absent: all. */
  readonly before?: string;
}

/** Adds the sums of an owner to those of another, under no key. */
export async function moveUsage(
  query: Queries,
  tables: Tables,
  { from, to, before }: Move,
): Promise<void> {
  const { usage } = tables;
  const which = and(
    eq(usage.owner, from),
    before === undefined ? undefined : lt(usage.day, before),
  );
  const moved = query
    .select({
      day: usage.day,
      owner: sql<string>`${to}`.as('owner'),
      model: usage.model,
      keyId: sql<string>`''`.as('key_id'),
      ...totals(tables),
    })
    .from(usage)
    .where(which)
    .groupBy(usage.day, usage.model);
  await query.insert(usage).select(moved).onConflictDoUpdate(adding(tables));
  await query.delete(usage).where(which);
}

/**
 * Takes the owner's name off their sums. The current month keeps it, because budgets count by it, unless the account is
 * gone.
 */
export async function forgetUsage(
  query: Queries,
  tables: Tables,
  owner: string,
  now: Date,
): Promise<void> {
  const removed = await isRemoved(query, tables, owner);
  await moveUsage(query, tables, {
    from: owner,
    to: NO_OWNER,
    ...(!removed && { before: monthOf(now) }),
  });
}

async function isRemoved(query: Queries, { people }: Tables, owner: string): Promise<boolean> {
  const id = idOfPerson(owner);
  if (id === null) return false;
  const [person] = await query.select({ id: people.id }).from(people).where(eq(people.id, id));
  return person === undefined;
}
