import { and, count, eq, isNull, sql } from 'drizzle-orm';
import { idOfPerson } from '@/lib/accounts/principal';
import { AppError } from '@/lib/errors';
import type { TurnOrder } from '@/lib/chat/turn/turn-store';
import type { Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { param, prepare } from '@/db/engine/prepare';

const RETRY_SECONDS = 5;

/** The condition of the index `turns_running`, verbatim: with a parameter SQLite would not use the index. */
export const isRunning = ({ turns }: Pick<Tables, 'turns'>) => sql`${turns.state} = 'running'`;

/** Throws `over-budget` when this process has no place for another turn. Joining a turn needs none. */
export function checkPlace(bounds: Bounds, { full }: TurnOrder): void {
  if (full) throw tooMany(bounds, 'TURNS_MAX');
}

/**
 * Throws `over-budget` when this owner has too many running turns, including the one just inserted, and `unauthenticated`
 * when the person was removed or disabled since the request was let in. Exact while the transaction holds the owner's row,
 * which those two lock, too.
 */
export async function checkTurns(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  owner: string,
): Promise<void> {
  const person = idOfPerson(owner);
  const [running] = await prepare(query, tables, turnsOf).execute({ owner, person });
  if (person !== null && running?.accounts === 0)
    throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
  if (!running || running.turns <= bounds.TURNS_PER_OWNER) return;
  throw tooMany(bounds, 'TURNS_PER_OWNER', { limit: bounds.TURNS_PER_OWNER });
}

const turnsOf = (query: Queries, tables: Tables) => {
  const { turns, people } = tables;
  const account = query
    .select({ accounts: count() })
    .from(people)
    .where(and(eq(people.id, param('person', people.id)), isNull(people.disabledAt)));
  return query
    .select({ turns: count(), accounts: sql<number>`(${account})`.mapWith(Number) })
    .from(turns)
    .where(and(eq(turns.owner, sql.placeholder('owner')), isRunning(tables)));
};

function tooMany(
  bounds: Bounds,
  reason: 'TURNS_MAX' | 'TURNS_PER_OWNER',
  limit?: { readonly limit: number },
): AppError {
  bounds.refused(reason);
  return new AppError({
    kind: 'over-budget',
    reason,
    ...limit,
    retryAfterSeconds: RETRY_SECONDS,
  });
}
