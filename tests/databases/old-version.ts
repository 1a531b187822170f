import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database } from '@/lib/env/database';

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

/** A folder with only the first migrations, as in the first version of the app. */
export const firstMigrationsOnly = (): string =>
  olderMigrations(({ entries }) => entries.slice(0, 1));

/** A folder with the migrations before the one of this name. */
const migrationsBefore = (name: string): string =>
  olderMigrations(({ entries }) =>
    entries.slice(
      0,
      entries.findIndex(({ tag }) => tag.endsWith(name)),
    ),
  );

function olderMigrations(kept: (journal: Journal) => Journal['entries']): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-old-'));
  cpSync('drizzle', path.join(folder, 'drizzle'), { recursive: true });
  for (const dialect of ['sqlite', 'postgres']) {
    const journal = path.join(folder, 'drizzle', dialect, 'meta/_journal.json');
    const all = JSON.parse(readFileSync(journal, 'utf8')) as Journal;
    writeFileSync(journal, JSON.stringify({ ...all, entries: kept(all) }));
  }
  return folder;
}

/** Brings a database to the version before a migration, and puts rows into it; `NOW` stands for a time. */
export async function asBefore(
  migration: string,
  database: Database,
  rows: readonly string[],
): Promise<void> {
  const folder = migrationsBefore(migration);
  const migrations = { migrationsFolder: path.join(folder, 'drizzle', database.dialect) };
  if (database.dialect === 'sqlite') {
    const client = new BetterSqlite(database.file);
    migrateSqlite(drizzleSqlite({ client }), migrations);
    for (const row of rows) client.exec(row.replaceAll('NOW', '0'));
    client.close();
  } else {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await migratePostgres(drizzlePostgres({ client }), migrations);
    for (const row of rows) await client.query(row.replaceAll('NOW', 'now()'));
    await client.end();
  }
  rmSync(folder, { recursive: true });
}
