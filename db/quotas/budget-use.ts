import { and, eq, gte, ne, sql, type SQL } from 'drizzle-orm';
import { keyNameOfOwner } from '@/lib/accounts/principal';
import type { BudgetName } from '@/lib/usage/budget';
import { dayOf, monthOf } from '@/lib/usage/days';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';
import { isRunning } from './turns-at-once';

/** Whose use counts: one owner's, one of their stored keys', or everybody's. */
export interface Payer {
  readonly owner: string;
  readonly keyId?: string | null | undefined;
}

type Build = ReturnType<typeof uses>;

/** The query of what a budget counts of this payer; null where it is not this payer's. */
export function useQueryOf(budget: BudgetName, { owner, keyId }: Payer): Build | null {
  if (budget === 'CHAT_BUDGET') return EVERYBODY;
  // A key of API_KEYS is an owner itself.
  if (keyNameOfOwner(owner) !== null) return budget === 'CHAT_KEY_BUDGET' ? ONE : null;
  if (budget === 'CHAT_PERSON_BUDGET') return ONE;
  return keyId ? ONE_KEY : null;
}

interface Moment {
  readonly now: Date;
  /** A turn that is not counted. */
  readonly but: string;
}

/** Today's and this month's use, and what is reserved for running turns but one: in one statement. */
export async function useOf(
  query: Queries,
  tables: Tables,
  build: Build,
  { owner, keyId, now, but }: Payer & Moment,
) {
  const values = { owner, keyId: keyId ?? '', but, today: dayOf(now), month: monthOf(now) };
  const [use = NONE] = await prepare(query, tables, build).execute(values);
  return {
    month: { tokens: use.monthTokens, money: use.monthMoney },
    day: { tokens: use.dayTokens, money: use.dayMoney },
    reserved: { tokens: use.reservedTokens, money: use.reservedMoney },
  };
}

const NONE = {
  monthTokens: 0,
  monthMoney: 0,
  dayTokens: 0,
  dayMoney: 0,
  reservedTokens: 0,
  reservedMoney: 0,
};

/** Which sums and which running turns count. */
interface Which {
  readonly rows: 'usage' | 'dailyUse';
  readonly counted?: (tables: Tables) => SQL | undefined;
  readonly running?: (tables: Tables) => SQL | undefined;
}

const total = (value: SQL) => sql<number>`coalesce(sum(${value}), 0)`.mapWith(Number);

const uses =
  ({ rows, counted, running }: Which) =>
  (query: Queries, tables: Tables) => {
    const { turns } = tables;
    const { table, tokens } = sumsOf(tables, rows);
    const micros = sql`${table.micros}`;
    const ofToday = (value: SQL) =>
      sql`case when ${table.day} = ${sql.placeholder('today')} then ${value} else 0 end`;
    const isOther = ne(turns.requestId, sql.placeholder('but'));
    const others = and(running?.(tables), isRunning(tables), isOther);
    const ofOthers = (value: SQL) =>
      sql<number>`(${query
        .select({ sum: total(value) })
        .from(turns)
        .where(others)})`.mapWith(Number);
    return query
      .select({
        monthTokens: total(tokens),
        monthMoney: total(micros),
        dayTokens: total(ofToday(tokens)),
        dayMoney: total(ofToday(micros)),
        reservedTokens: ofOthers(sql`${turns.reservedInput} + ${turns.reservedOutput}`),
        reservedMoney: ofOthers(
          sql`(${turns.reservedInput} * ${turns.inputPrice} + ${turns.reservedOutput} * ${turns.outputPrice}) / 1000000`,
        ),
      })
      .from(table)
      .where(and(gte(table.day, sql.placeholder('month')), counted?.(tables)));
  };

const sumsOf = ({ usage, dailyUse }: Tables, rows: Which['rows']) =>
  rows === 'usage'
    ? { table: usage, tokens: sql`${usage.input} + ${usage.output}` }
    : { table: dailyUse, tokens: sql`${dailyUse.tokens}` };

const EVERYBODY = uses({ rows: 'dailyUse' });

const ONE = uses({
  rows: 'usage',
  counted: ({ usage }) => eq(usage.owner, sql.placeholder('owner')),
  running: ({ turns }) => eq(turns.owner, sql.placeholder('owner')),
});

const ONE_KEY = uses({
  rows: 'usage',
  counted: ({ usage }) =>
    and(eq(usage.owner, sql.placeholder('owner')), eq(usage.keyId, sql.placeholder('keyId'))),
  running: ({ turns }) =>
    and(eq(turns.owner, sql.placeholder('owner')), eq(turns.keyId, sql.placeholder('keyId'))),
});
