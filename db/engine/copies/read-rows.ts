import { and, asc, eq, gt, or, sql, type SQL } from 'drizzle-orm';
import type { Queries } from '@/db/engine/client';
import type { CopiedTable } from './copied-tables';

export type Row = Readonly<Record<string, unknown>>;

/** Rows differ much in size: the next batch has as many as should fit in this, going by the last one. */
const BATCH_BYTES = 2_000_000;
/** Databases limit the parameters of a statement, and of these a row has one for each column. */
const PARAMETERS_MAX = 30_000;
const FIRST_ROWS = 20;
/** A batch may be much larger than the one before it. */
const ROWS_MAX = 200;

/** All rows of a table in batches, in the order of its primary key; memory does not grow with the table. */
export async function* readRows(query: Queries, from: CopiedTable): AsyncGenerator<Row[]> {
  const most = Math.min(ROWS_MAX, Math.floor(PARAMETERS_MAX / from.width));
  let size = FIRST_ROWS;
  let last: Row | undefined;
  for (;;) {
    const rows: Row[] = await query
      .select()
      .from(from.table)
      .where(last && afterRow(from, last))
      .orderBy(...from.key.map(({ column }) => asc(column)))
      .limit(size);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1);
    const fitting = Math.floor((BATCH_BYTES * rows.length) / bytesOf(rows));
    size = Math.max(1, Math.min(most, 2 * size, fitting));
  }
}

const bytesOf = (rows: readonly Row[]): number => JSON.stringify(rows).length;

function afterRow({ key }: CopiedTable, row: Row): SQL {
  const conditions = key.map(({ field, column }, n) =>
    and(
      ...key.slice(0, n).map((earlier) => eq(earlier.column, row[earlier.field])),
      gt(column, row[field]),
    ),
  );
  return or(...conditions) ?? sql`true`;
}
