import { and, count, eq, sql } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { TurnOrder } from '@/lib/chat/turn/turn-store';
import type { Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';

const RETRY_SECONDS = 5;

/** The condition of the index `turns_running`, verbatim: with a parameter SQLite would not use the index. */
export const isRunning = ({ turns }: Pick<Tables, 'turns'>) => sql`${turns.state} = 'running'`;

/** Throws `over-budget` when this process has no place for another turn. Joining a turn needs none. */
export function checkPlace(bounds: Bounds, { full }: TurnOrder): void {
  if (full) throw tooMany(bounds, 'TURNS_MAX');
}

/**
 * Throws `over-budget` when this owner has too many running turns, including the one just inserted. Exact while the
 * transaction holds the owner's row.
 */
export async function checkTurns(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  owner: string,
): Promise<void> {
  const [running] = await prepare(query, tables, turnsOf).execute({ owner });
  if (!running || running.turns <= bounds.TURNS_PER_OWNER) return;
  throw tooMany(bounds, 'TURNS_PER_OWNER', { limit: bounds.TURNS_PER_OWNER });
}

const turnsOf = (query: Queries, tables: Tables) =>
  query
    .select({ turns: count() })
    .from(tables.turns)
    .where(and(eq(tables.turns.owner, sql.placeholder('owner')), isRunning(tables)));

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
