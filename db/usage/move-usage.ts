import { and, eq, lt } from 'drizzle-orm';
import { idOfPerson } from '@/lib/accounts/principal';
import { monthOf } from '@/lib/usage/days';
import type { Queries, Tables } from '@/db/engine/client';
import { added, adding, columns } from './sums';

/** `from` of the sums of people who were deleted. */
export const NO_OWNER = '';

interface Move {
  readonly from: string;
  readonly to: string;
  /** Only days before this one; absent: all. */
  readonly before?: string;
}

/** The parameters of one statement are limited. */
const ROWS = 500;

/**
 * Adds the sums of an owner to those of another, under no key. Call it while the transaction holds the owners' rows. What
 * ends later is counted for the owner that its turn has then.
 */
export async function moveUsage(
  query: Queries,
  tables: Tables,
  { from, to, before }: Move,
): Promise<void> {
  const { usage } = tables;
  const isEarlier = before === undefined ? undefined : lt(usage.day, before);
  // Not read before it is deleted: what is added in between would be lost.
  const moved = await query
    .delete(usage)
    .where(and(eq(usage.owner, from), isEarlier))
    .returning({ day: usage.day, model: usage.model, ...columns(tables) });
  // In one order, so that two who move to one owner never wait for each other.
  const rows = [...Map.groupBy(moved, ({ day, model }) => `${day} ${model}`)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...more]]) =>
      first
        ? [{ ...more.reduce((sum, row) => ({ ...sum, ...added(sum, row) }), first), owner: to }]
        : [],
    );
  for (let at = 0; at < rows.length; at += ROWS)
    await query
      .insert(usage)
      .values(rows.slice(at, at + ROWS).map((row) => ({ ...row, keyId: '' })))
      .onConflictDoUpdate(adding(tables));
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
