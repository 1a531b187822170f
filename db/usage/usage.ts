import { and, asc, between, desc, eq, lt, sql } from 'drizzle-orm';
import type { UsageRange, UsageStore } from '@/lib/usage/usage-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { pruneInRounds } from '@/db/engine/rounds';
import { OWN, SHARED, statesOf } from '@/db/quotas/budgets';
import type { Budgets } from '@/lib/usage/budget';
import { countUsage } from './count-usage';
import { NO_OWNER } from './move-usage';
import { NO_SUMS, totals } from './sums';

export const usageStore = (db: Db, bounds: Budgets): UsageStore => ({
  async spend({ requestId, ...used }) {
    if (used.tokens.input + used.tokens.output === 0) return;
    await db.transaction(async (query) => {
      const { turns } = db.tables;
      // Locked, so that it does not move to another owner before this is counted.
      const [turn] = await query
        .update(turns)
        .set({ owner: turns.owner })
        .where(eq(turns.requestId, requestId))
        .returning({ owner: turns.owner, keyId: turns.keyId });
      // The turn may be deleted already, and its owner with it.
      await countUsage(query, db.tables, {
        ...used,
        ...(turn ?? { owner: NO_OWNER, keyId: null }),
      });
    });
  },

  sums: ({ by, ...range }) =>
    db.read((query) => {
      const { usage } = db.tables;
      const of = { day: usage.day, model: usage.model, person: usage.owner }[by];
      const most = sql`sum(${usage.input} + ${usage.output})`;
      return query
        .select({ of, ...totals(db.tables) })
        .from(usage)
        .where(within(db.tables, range))
        .groupBy(of)
        .orderBy(...(by === 'day' ? [asc(of)] : [desc(most), asc(of)]))
        .limit(ROWS_MAX);
    }),

  total: (range) =>
    db.read(async (query) => {
      const { usage } = db.tables;
      const [total] = await query
        .select(totals(db.tables))
        .from(usage)
        .where(within(db.tables, range));
      return total ?? NO_SUMS;
    }),

  budgets: ({ shared, ...whose }) =>
    db.read((query) =>
      statesOf(query, db.tables, bounds, shared ? [...OWN, ...SHARED] : OWN, whose),
    ),

  prune: (before) => pruneInRounds(db, (query, tables) => pruneSome(query, tables, before)),
});

/** More people or models than that are no list to read. */
const ROWS_MAX = 1000;

const within = ({ usage }: Tables, { from, to, owner }: UsageRange) =>
  and(between(usage.day, from, to), owner === null ? undefined : eq(usage.owner, owner));

/** One day at a time. */
async function pruneSome(query: Queries, { usage }: Tables, before: string) {
  const [oldest] = await query
    .select({ day: usage.day })
    .from(usage)
    .where(lt(usage.day, before))
    .orderBy(asc(usage.day))
    .limit(1);
  if (oldest) await query.delete(usage).where(eq(usage.day, oldest.day));
  return { more: oldest !== undefined };
}
