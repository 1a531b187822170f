import { sql, type Column } from 'drizzle-orm';
import type { Queries, Tables } from './client';

type Build<Prepared> = (query: Queries, tables: Tables) => { prepare(name: string): Prepared };

const prepared = new WeakMap<Queries, Map<unknown, unknown>>();

/**
 * Builds a query once per connection, to be run with `execute(values)`: building takes longer than running. It has no
 * name, because behind a Postgres pooler each transaction may use another connection.
 */
export function prepare<Prepared>(
  query: Queries,
  tables: Tables,
  build: Build<Prepared>,
): Prepared {
  const cached = prepared.get(query) ?? new Map<unknown, unknown>();
  prepared.set(query, cached);
  const built = cached.get(build) ?? build(query, tables).prepare('');
  cached.set(build, built);
  // The value stored under `build` was built by it.
  return built as Prepared;
}

/** A placeholder for a value given at execution, encoded like the column's values; null stays null. */
export const param = (name: string, column: Column) => {
  const mapToDriverValue = (value: unknown): unknown =>
    value === null ? null : column.mapToDriverValue(value);
  return sql`${sql.param(sql.placeholder(name), { mapToDriverValue })}`;
};

/** The query for each length of a list, built once; `padded` keeps the number of lengths low. */
export function perLength<Query>(buildOf: (length: number) => Query): (length: number) => Query {
  const cached = new Map<number, Query>();
  return (length) => {
    const build = cached.get(length) ?? buildOf(length);
    cached.set(length, build);
    return build;
  };
}

/** The values for the placeholders of a list: `requestId0`, `requestId1` and so on. */
export const numbered = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  Object.fromEntries(
    rows.flatMap((row, n) => Object.entries(row).map(([name, value]) => [`${name}${n}`, value])),
  );
