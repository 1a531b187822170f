import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { Sums } from '@/lib/usage/usage-store';
import type { Tables } from '@/db/engine/client';

type Sum = keyof Sums;

const SUMS: readonly Sum[] = [
  'turns',
  'failed',
  'input',
  'output',
  'micros',
  'unpriced',
  'firstMs',
  'firsts',
  'totalMs',
  'totals',
];

const each = <Value>(of: (sum: Sum) => Value) =>
  Object.fromEntries(SUMS.map((sum) => [sum, of(sum)])) as Record<Sum, Value>;

export const NO_SUMS: Sums = each(() => 0);

export const columns = ({ usage }: Tables) => each((sum) => usage[sum]);

export const added = (a: Sums, b: Sums): Sums => each((sum) => a[sum] + b[sum]);

/** The values of a new row, by their names. */
export const placeholders = () => each((sum) => sql.placeholder(sum));

/** The totals of a group of rows. */
export const totals = ({ usage }: Tables): Record<Sum, SQL.Aliased<number>> =>
  each((sum) => sql<number>`coalesce(sum(${usage[sum]}), 0)`.mapWith(Number).as(sum));

const excluded = (column: AnyColumn) => sql.raw(`excluded."${column.name}"`);

/** Adds a new row to the one that is there already. */
export const adding = ({ usage }: Tables) => ({
  target: [usage.owner, usage.day, usage.model, usage.keyId],
  set: each((sum) => sql`${usage[sum]} + ${excluded(usage[sum])}`),
});
