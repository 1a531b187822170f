import { sql } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import { dayOf, endOf } from '@/lib/usage/days';
import type { Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';

const ONE_TURN = { turns: 1, tokens: 0, micros: 0 };

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
  const [today] = await countToday(query, tables, dayOf(now), ONE_TURN);
  const { turns, tokens } = bounds.CHAT_DAILY_LIMIT;
  if (!today || (today.turns <= turns && today.tokens < tokens)) return;
  bounds.refused('CHAT_DAILY_LIMIT');
  const left = endOf('day', now).getTime() - now.getTime();
  throw new AppError({
    kind: 'over-budget',
    reason: 'CHAT_DAILY_LIMIT',
    retryAfterSeconds: Math.ceil(left / 1000),
  });
}

/** Takes back a turn for which the upstream was not called. */
export const refundTurn = (query: Queries, tables: Tables, begunAt: Date) =>
  countToday(query, tables, dayOf(begunAt), { ...ONE_TURN, turns: -1 });

interface Use {
  readonly turns: number;
  readonly tokens: number;
  readonly micros: number;
}

/** Adds to the day, without checking a limit. */
export const countToday = (query: Queries, tables: Tables, day: string, use: Use) =>
  prepare(query, tables, used).execute({ day, ...use });

const used = (query: Queries, { dailyUse }: Tables) =>
  query
    .insert(dailyUse)
    .values({
      day: sql.placeholder('day'),
      turns: sql.placeholder('turns'),
      tokens: sql.placeholder('tokens'),
      micros: sql.placeholder('micros'),
    })
    .onConflictDoUpdate({
      target: dailyUse.day,
      set: {
        turns: sql`${dailyUse.turns} + excluded.turns`,
        tokens: sql`${dailyUse.tokens} + excluded.tokens`,
        micros: sql`${dailyUse.micros} + excluded.micros`,
      },
    })
    .returning({ turns: dailyUse.turns, tokens: dailyUse.tokens });
