import { sql, type Column } from 'drizzle-orm';
import type { Queries, Tables } from './client';

type Build<Prepared> = (query: Queries, tables: Tables) => { prepare(name: string): Prepared };

const prepared = new WeakMap<Queries, Map<unknown, unknown>>();

/**
 * A query that is built once for each connection, to be run with `execute(values)`: building it takes longer than
 * running it. It has no name, since behind a pooler of Postgres each transaction may have another connection.
 */
export function prepare<Prepared>(
  query: Queries,
  tables: Tables,
  build: Build<Prepared>,
): Prepared {
  const known = prepared.get(query) ?? new Map<unknown, unknown>();
  prepared.set(query, known);
  const built = known.get(build) ?? build(query, tables).prepare('');
  known.set(build, built);
  // What stands under `build` was made by it.
  return built as Prepared;
}

/** Where a value goes that is given when the query runs, written as the column writes its values; null is null. */
export const slot = (name: string, column: Column) => {
  const mapToDriverValue = (value: unknown): unknown =>
    value === null ? null : column.mapToDriverValue(value);
  return sql`${sql.param(sql.placeholder(name), { mapToDriverValue })}`;
};
