import { and, eq, isNull } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';

/**
 * Two operators who leave at once must not both find the other one still there, and a person who joins must not find the
 * last one who leaves. Call it first in a transaction, before
 * links and sign-ins are written: otherwise two of them can wait for each other.
 */
export async function lockOperators(query: Queries, { people }: Tables): Promise<void> {
  await query.update(people).set({ role: 'operator' }).where(eq(people.role, 'operator'));
}

/** Operators whose account is disabled do not count. */
export async function isLastOperator(
  query: Queries,
  { people }: Tables,
  id: string,
): Promise<boolean> {
  const operators = await query
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.role, 'operator'), isNull(people.disabledAt)));
  return operators.length === 1 && operators[0]?.id === id;
}
