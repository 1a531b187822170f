import { and, count, eq, sql } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { TurnOrder } from '@/lib/chat/turn/turn-store';
import type { BoundName, Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';

const RETRY_SECONDS = 5;

/** The condition of the index `turns_running`, word for word: SQLite passes over the index when it is a parameter. */
export const isRunning = ({ turns }: Tables) => sql`${turns.state} = 'running'`;

/** Throws `over-budget` where the process has no place for one more turn. One that is joined needs none. */
export function checkPlace(bounds: Bounds, { full }: TurnOrder): void {
  if (full) throw tooMany(bounds, 'TURNS_MAX', 'Too many replies are being written just now');
}

/**
 * Throws `over-budget` when this owner's turns, the one that was just inserted among them, are too many. Exact as long
 * as the transaction holds the owner's row.
 */
export async function checkTurns(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  owner: string,
): Promise<void> {
  const [running] = await prepare(query, tables, turnsOf).execute({ owner });
  if (!running || running.turns <= bounds.TURNS_PER_OWNER) return;
  const most = `${String(bounds.TURNS_PER_OWNER)} of your replies are being written, as many as may be at a time`;
  throw tooMany(bounds, 'TURNS_PER_OWNER', most);
}

const turnsOf = (query: Queries, tables: Tables) =>
  query
    .select({ turns: count() })
    .from(tables.turns)
    .where(and(eq(tables.turns.owner, sql.placeholder('owner')), isRunning(tables)));

function tooMany(bounds: Bounds, bound: BoundName, what: string): AppError {
  bounds.refused(bound);
  const message = `${what} (${bound}). Try again in a few seconds.`;
  return new AppError({ kind: 'over-budget', message, retryAfterSeconds: RETRY_SECONDS });
}
