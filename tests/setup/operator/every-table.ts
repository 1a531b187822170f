import { getTableColumns, type Column } from 'drizzle-orm';
import { getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { is } from 'drizzle-orm';
import { copiedTables, type CopiedTable } from '@/db/engine/copies/copied-tables';
import type { Db } from '@/db/engine/client';
import type { Database } from '@/lib/env/database';

const ROWS = 3;

/** Puts some rows into every table, in letters of several bytes and numbers of any size. */
export async function fillEveryTable(db: Db, { dialect }: Database): Promise<void> {
  let waiting = copiedTables(dialect);
  const filled = new Set<string>();
  while (waiting.length > 0) {
    const ready = waiting.filter((each) => referencesOf(each).every((name) => filled.has(name)));
    if (ready.length === 0) throw new Error('tables refer to each other in a circle');
    for (const each of ready) {
      const rows = Array.from({ length: ROWS }, (_, n) => rowOf(each, n));
      await db.transaction((query) => query.insert(each.table).values(rows));
      filled.add(each.name);
    }
    waiting = waiting.filter((each) => !ready.includes(each));
  }
}

const foreignKeysOf = ({ table }: CopiedTable) =>
  (is(table, SQLiteTable) ? sqliteConfig(table) : postgresConfig(table)).foreignKeys.map((key) =>
    key.reference(),
  );

/** The tables, other than itself, that it refers to. */
const referencesOf = (each: CopiedTable): string[] =>
  foreignKeysOf(each)
    .map(({ foreignTable }) =>
      is(foreignTable, SQLiteTable)
        ? sqliteConfig(foreignTable).name
        : postgresConfig(foreignTable as CopiedTable['table']).name,
    )
    .filter((name) => name !== each.name);

/** Every text of a row is the same, so that references find the row of the same number. */
function rowOf(each: CopiedTable, n: number): Record<string, unknown> {
  const toItself = new Set(
    foreignKeysOf(each)
      .filter(({ foreignTable }) => (foreignTable as unknown) === each.table)
      .flatMap(({ columns }) => columns.map(({ name }) => name)),
  );
  return Object.fromEntries(
    Object.entries(getTableColumns(each.table)).map(([field, column]) => [
      field,
      // Each refers to one that comes later.
      toItself.has(column.name) ? (n + 1 < ROWS ? text(n + 1) : null) : valueOf(column, n),
    ]),
  );
}

const text = (n: number) => `ünï ${String(n)} 🦉\n`;

function valueOf(column: Column, n: number): unknown {
  if (column.enumValues) return column.enumValues[0];
  if (column.dataType === 'string') return text(n);
  if (column.dataType === 'boolean') return n === 0 ? true : column.notNull ? false : null;
  if (column.dataType === 'date') return new Date(Date.UTC(2026, 0, 1 + n, 1, 2, 3, 456));
  if (column.dataType === 'json') return { b: [n, null, text(n)], a: { z: 0.1, y: 'x' } };
  if (column.dataType === 'custom') return [];
  if (column.columnType === 'PgDoublePrecision' || column.columnType === 'SQLiteReal') return n / 3;
  return column.columnType.startsWith('PgBigInt') ? 2 ** 40 + n : n + 1;
}
