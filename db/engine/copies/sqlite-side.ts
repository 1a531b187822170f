import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { sqliteAsQueries } from '@/db/engine/client.sqlite';
import { keepPrivate } from '@/db/engine/private-file';
import { migrationsFolder, shippedMigrations } from '@/db/engine/migrate';
import { copiedTables } from './copied-tables';
import { copyTables, type CopiedRows, type Side } from './copy-tables';
import { checkVersion } from './refusals';

/** Reads a consistent snapshot of a database file, while others write to it. */
export async function fromSqlite<Result>(
  file: string,
  use: (side: Side) => Promise<Result>,
): Promise<Result> {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    // The first read fixes the moment.
    connection.exec('BEGIN');
    checkVersion(appliedIn(connection), shippedMigrations('sqlite'));
    const query = sqliteAsQueries(drizzle({ client: connection }));
    return await use({ query, tables: copiedTables('sqlite') });
  } finally {
    connection.close();
  }
}

/** The migrations of an opened database; 0: it is not one of ours. */
export function appliedIn(connection: Sqlite.Database): number {
  const tableQuery = connection.prepare(
    "select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'",
  );
  if (tableQuery.get() === undefined) return 0;
  const count = connection.prepare('select count(*) as applied from __drizzle_migrations');
  return (count.get() as { applied: number }).applied;
}

/** Writes everything into a new file, which is not finished when this rejects. */
export async function intoNewFile(
  file: string,
  from: Side,
  copied: (table: CopiedRows) => void,
): Promise<void> {
  keepPrivate(file);
  const connection = new Sqlite(file);
  try {
    // Nothing but this process reads the file before it is whole and on the disk.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    const database = drizzle({ client: connection });
    migrate(database, { migrationsFolder: migrationsFolder('sqlite') });
    connection.pragma('foreign_keys = OFF');
    connection.exec('BEGIN');
    const tables = copiedTables('sqlite');
    await copyTables(from, { query: sqliteAsQueries(database), tables }, copied);
    connection.exec('COMMIT');
    checkWhole(connection);
  } finally {
    connection.close();
  }
}

/** Throws for a damaged file, and for rows that belong to none. */
export function checkWhole(connection: Sqlite.Database): void {
  const [found] = connection.pragma('integrity_check(1)') as { integrity_check: string }[];
  if (found?.integrity_check !== 'ok')
    throw new Error(`The database is damaged: ${found?.integrity_check ?? 'it cannot be checked'}`);
  const orphans = connection.pragma('foreign_key_check') as { table: string }[];
  if (orphans[0])
    throw new Error(
      `Rows of the table ${orphans[0].table} refer to rows that are missing: delete them, or use another backup`,
    );
}
