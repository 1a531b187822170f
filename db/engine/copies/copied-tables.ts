import { getTableColumns, getTableName, is, Table, type Column } from 'drizzle-orm';
import { getTableConfig as postgresConfig, PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from '@/lib/env/database';
import * as postgres from '@/db/engine/schema.postgres';
import * as sqlite from '@/db/engine/schema.sqlite';

/** A table of both schemas, with its rows in the order of its primary key. */
export interface CopiedTable {
  readonly name: string;
  /** Typed as Postgres's, as everywhere (see `sqliteAsQueries`). */
  readonly table: PgTable;
  /** The columns of the primary key, by their names in a row. */
  readonly key: readonly { readonly field: string; readonly column: Column }[];
  /** How many columns a row has. */
  readonly width: number;
}

/** What is made from the other tables again, by triggers and in the background. */
export const REBUILT: ReadonlySet<string> = new Set(['search_docs', 'search_pending']);

const SCHEMAS = { sqlite, postgres };

/** Every table of the schema that holds something of its own. */
export const copiedTables = (dialect: Database['dialect']): CopiedTable[] =>
  Object.values<unknown>(SCHEMAS[dialect])
    .filter((value): value is Table => is(value, Table))
    .filter((table) => !REBUILT.has(getTableName(table)))
    .map(described)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

function described(table: Table): CopiedTable {
  const columns = Object.entries(getTableColumns(table));
  const composite = primaryKeys(table)[0]?.columns.map(({ name }) => name);
  const names = composite ?? columns.flatMap(([, column]) => (column.primary ? column.name : []));
  const key = names.flatMap((name) =>
    columns.flatMap(([field, column]) => (column.name === name ? { field, column } : [])),
  );
  const name = getTableName(table);
  if (key.length === 0) throw new Error(`The table ${name} has no primary key`);
  return { name, table: table as PgTable, key, width: columns.length };
}

const primaryKeys = (table: Table) =>
  is(table, SQLiteTable)
    ? sqliteConfig(table).primaryKeys
    : postgresConfig(table as PgTable).primaryKeys;
