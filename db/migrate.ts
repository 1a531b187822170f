import 'server-only';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from '@/lib/env';
import { isBusy } from './failures';
import { checkNodeForSqlite } from './node-version';

const folder = (dialect: Database['dialect']) => path.join(process.cwd(), 'drizzle', dialect);

/** How many migrations this version of the program ships. */
export const shippedMigrations = (dialect: Database['dialect']): number =>
  readMigrationFiles({ migrationsFolder: folder(dialect) }).length;

/** Brings the database up to date, under a lock: any number of processes may start at once. */
export async function migrate(database: Database): Promise<void> {
  if (database.dialect === 'sqlite') await migrateSqlite(database.file);
  else await migratePostgres(database.url);
}

/** Any number that only this program uses. */
const ADVISORY_LOCK = 4_275_396_011;

async function migratePostgres(url: string): Promise<void> {
  const { default: pg } = await import('pg');
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const { migrate: run } = await import('drizzle-orm/node-postgres/migrator');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await run(drizzle({ client }), { migrationsFolder: folder('postgres') });
  } finally {
    // Ending the connection releases the lock, whatever happened on it.
    await client.end();
  }
}

const LOCK_WAIT_MS = 60_000;

/**
 * The lock is a transaction held on a file beside the database: SQLite's own migration needs the database itself,
 * and a killed process lets go of it.
 */
async function migrateSqlite(file: string): Promise<void> {
  checkNodeForSqlite();
  const { default: Sqlite } = await import('better-sqlite3');
  const { drizzle } = await import('drizzle-orm/better-sqlite3');
  const { migrate: run } = await import('drizzle-orm/better-sqlite3/migrator');
  const { connect } = await import('./client.sqlite');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const lock = new Sqlite(`${file}-migrating`, { timeout: 0 });
  try {
    const deadline = performance.now() + LOCK_WAIT_MS;
    await patiently(deadline, () => lock.exec('BEGIN EXCLUSIVE'));
    await patiently(deadline, () => {
      const connection = connect(file);
      try {
        run(drizzle({ client: connection }), { migrationsFolder: folder('sqlite') });
      } finally {
        connection.close();
      }
    });
  } finally {
    lock.close();
  }
}

async function patiently(deadline: number, attempt: () => unknown): Promise<void> {
  for (;;) {
    try {
      attempt();
      return;
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > deadline) throw thrown;
      await pause(50);
    }
  }
}
