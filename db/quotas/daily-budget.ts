import { sql } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';

const DAY_MS = 86_400_000;
/** The upstream's own count may be wrong, so it is capped. */
const TOKENS_MAX = 1_000_000_000;

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/**
 * Counts a turn that is about to begin. Throws `over-budget` when the day's turns or tokens are used up. Must be the
 * last statement of its transaction: all turns of a deployment queue for this row's lock.
 */
export async function countTurnToday(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  now: Date,
): Promise<void> {
  const [used] = await use(query, tables, { now, turns: 1, tokens: 0 });
  const { turns, tokens } = bounds.CHAT_DAILY_LIMIT;
  if (!used || (used.turns <= turns && used.tokens < tokens)) return;
  bounds.refused('CHAT_DAILY_LIMIT');
  const left = DAY_MS - (now.getTime() % DAY_MS);
  throw new AppError({
    kind: 'over-budget',
    reason: 'CHAT_DAILY_LIMIT',
    retryAfterSeconds: Math.ceil(left / 1000),
  });
}

/** Takes back a turn for which the upstream was not called. */
export const refundTurn = (query: Queries, tables: Tables, begunAt: Date) =>
  use(query, tables, { now: begunAt, turns: -1, tokens: 0 });

/** Counts used tokens, without checking the limit. Turns running at the time can therefore exceed it. */
export async function countTokensToday(
  query: Queries,
  tables: Tables,
  now: Date,
  tokens: number,
): Promise<void> {
  const counted = Math.min(Math.max(Math.round(tokens), 0), TOKENS_MAX);
  if (counted > 0) await use(query, tables, { now, turns: 0, tokens: counted });
}

const use = (
  query: Queries,
  tables: Tables,
  { now, turns, tokens }: { now: Date; turns: number; tokens: number },
) => prepare(query, tables, used).execute({ day: dayOf(now), turns, tokens });

const used = (query: Queries, { dailyUse }: Tables) =>
  query
    .insert(dailyUse)
    .values({
      day: sql.placeholder('day'),
      turns: sql.placeholder('turns'),
      tokens: sql.placeholder('tokens'),
    })
    .onConflictDoUpdate({
      target: dailyUse.day,
      set: {
        turns: sql`${dailyUse.turns} + excluded.turns`,
        tokens: sql`${dailyUse.tokens} + excluded.tokens`,
      },
    })
    .returning({ turns: dailyUse.turns, tokens: dailyUse.tokens });
