import { and, eq, gte, ne, sql, type SQL } from 'drizzle-orm';
import { keyNameOfOwner } from '@/lib/accounts/principal';
import type { BudgetName } from '@/lib/usage/budget';
import { dayOf, monthOf } from '@/lib/usage/days';
import type { Queries, Tables } from '@/db/engine/client';
import { isRunning } from './turns-at-once';

/** Whose use counts: one owner's, one of their stored keys', or everybody's. */
export interface Payer {
  readonly owner: string;
  readonly keyId?: string | null | undefined;
}

/** Which sums and which running turns a budget counts. */
export interface Whose {
  readonly rows: 'usage' | 'dailyUse';
  readonly counted: SQL | undefined;
  readonly running: SQL | undefined;
}

/** Null where the budget is not this payer's. */
export function whoseOf(
  { usage, turns }: Tables,
  budget: BudgetName,
  { owner, keyId }: Payer,
): Whose | null {
  if (budget === 'CHAT_BUDGET') return { rows: 'dailyUse', counted: undefined, running: undefined };
  const all: Whose = {
    rows: 'usage',
    counted: eq(usage.owner, owner),
    running: eq(turns.owner, owner),
  };
  // A key of API_KEYS is an owner itself.
  if (keyNameOfOwner(owner) !== null) return budget === 'CHAT_KEY_BUDGET' ? all : null;
  if (budget === 'CHAT_PERSON_BUDGET') return all;
  if (!keyId) return null;
  return {
    rows: 'usage',
    counted: and(all.counted, eq(usage.keyId, keyId)),
    running: and(all.running, eq(turns.keyId, keyId)),
  };
}

const total = (value: SQL) => sql<number>`coalesce(sum(${value}), 0)`.mapWith(Number);

/** Today's and this month's use, and what is reserved for running turns but one: in one statement. */
export async function useOf(
  query: Queries,
  tables: Tables,
  { rows, counted, running }: Whose,
  { now, but }: { readonly now: Date; readonly but: string },
) {
  const { turns } = tables;
  const { table, tokens } = sumsOf(tables, rows);
  const micros = sql`${table.micros}`;
  const today = (value: SQL) =>
    sql`case when ${table.day} = ${dayOf(now)} then ${value} else 0 end`;
  const others = and(running, isRunning(tables), ne(turns.requestId, but));
  const ofOthers = (value: SQL) =>
    sql<number>`(${query
      .select({ sum: total(value) })
      .from(turns)
      .where(others)})`.mapWith(Number);
  const [use = NONE] = await query
    .select({
      monthTokens: total(tokens),
      monthMoney: total(micros),
      dayTokens: total(today(tokens)),
      dayMoney: total(today(micros)),
      reservedTokens: ofOthers(sql`${turns.reservedInput} + ${turns.reservedOutput}`),
      reservedMoney: ofOthers(
        sql`(${turns.reservedInput} * ${turns.inputPrice} + ${turns.reservedOutput} * ${turns.outputPrice}) / 1000000`,
      ),
    })
    .from(table)
    .where(and(gte(table.day, monthOf(now)), counted));
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

const sumsOf = ({ usage, dailyUse }: Tables, rows: Whose['rows']) =>
  rows === 'usage'
    ? { table: usage, tokens: sql`${usage.input} + ${usage.output}` }
    : { table: dailyUse, tokens: sql`${dailyUse.tokens}` };
