import 'server-only';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import type { Database } from '@/lib/env/database';
import { log } from '@/lib/log';
import { makeFolderOf } from './files/belong-to';
import { linkedFile } from './files/linked-file';
import { finishReplacing } from './files/replace-file';
import { isBusy } from './failures';
import { checkNodeForSqlite } from './node-version';
import { driverAddress, withHint } from './postgres-address';
import { makeForServer } from './private-file';

/** Where the migrations of a dialect are. */
export const migrationsFolder = (dialect: Database['dialect']): string =>
  path.join(process.cwd(), 'drizzle', dialect);

/** The number of migrations in this version. */
export const shippedMigrations = (dialect: Database['dialect']): number =>
  readMigrationFiles({ migrationsFolder: migrationsFolder(dialect) }).length;

/** Applies the migrations under a lock, so that several processes can start at once. */
export async function migrate(database: Database): Promise<void> {
  if (database.dialect === 'sqlite') await migrateSqlite(database.file);
  else await migratePostgres(database.url);
}

/** An arbitrary number that no other program uses. */
export const ADVISORY_LOCK = 4_275_396_011;

async function migratePostgres(url: string): Promise<void> {
  const { Client } = (await import('pg')).default;
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const { migrate: run } = await import('drizzle-orm/node-postgres/migrator');
  const client = await connected(
    () => new Client({ connectionString: driverAddress(url), connectionTimeoutMillis: 10_000 }),
  );
  try {
    if (await isUpToDate(client)) return;
    // A transaction-level lock: behind a pooler a session-level one would outlive this process. Drizzle's own begin
    // does nothing inside a transaction, and its commit ends this one.
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    await run(drizzle({ client }), { migrationsFolder: migrationsFolder('postgres') });
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function connected(open: () => pg.Client): Promise<pg.Client> {
  try {
    const client = open();
    // A lost connection fails the statement that waits on it. Without a listener it would crash the process before the
    // error is reported.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  } catch (thrown) {
    throw withHint(thrown);
  }
}

/** The program was downgraded. It starts all the same, because newer migrations may only add things. */
function noteNewer(applied: number, dialect: Database['dialect']): void {
  const shipped = shippedMigrations(dialect);
  if (applied <= shipped) return;
  log().warn({
    event: 'store.newer_version_found',
    cause: `The database is of a newer version of the program: it has ${String(applied)} migrations, and this version knows ${String(shipped)}. Go back to that version, or restore a backup from before it`,
  });
}

async function isUpToDate(client: pg.Client): Promise<boolean> {
  const table = 'drizzle.__drizzle_migrations';
  const { rows: tables } = await client.query<{ known: unknown }>(
    'select to_regclass($1) as known',
    [table],
  );
  if (tables[0]?.known == null) return false;
  const { rows } = await client.query<{ applied: string }>(
    `select count(*) as applied from ${table}`,
  );
  const applied = Number(rows[0]?.applied);
  noteNewer(applied, 'postgres');
  return applied >= shippedMigrations('postgres');
}

const LOCK_WAIT_MS = 60_000;

/**
 * The lock is a transaction on a file beside the database: SQLite's migrator needs the database itself, and the lock is
 * released when the process is killed.
 */
async function migrateSqlite(file: string): Promise<void> {
  checkNodeForSqlite();
  const { drizzle } = await import('drizzle-orm/better-sqlite3');
  const { migrate: run } = await import('drizzle-orm/better-sqlite3/migrator');
  const { connect } = await import('./client.sqlite');
  await withFileLock(file, async (deadline) => {
    finishReplacing(file);
    await retryWhileBusy(deadline, () => {
      const connection = connect(file);
      try {
        run(drizzle({ client: connection }), { migrationsFolder: migrationsFolder('sqlite') });
        const count = connection.prepare('select count(*) as applied from __drizzle_migrations');
        noteNewer((count.get() as { applied: number }).applied, 'sqlite');
      } finally {
        connection.close();
      }
    });
  });
}

/** Runs `work` while no other process migrates or replaces this database. */
export async function withFileLock(
  file: string,
  work: (deadline: number) => Promise<void>,
): Promise<void> {
  checkNodeForSqlite();
  const { default: Sqlite } = await import('better-sqlite3');
  makeFolderOf(file);
  const lockFile = `${linkedFile(file)}-migrating`;
  makeForServer(lockFile, existsSync(file) ? file : path.dirname(file));
  const lock = new Sqlite(lockFile, { timeout: 0 });
  try {
    const deadline = performance.now() + LOCK_WAIT_MS;
    await retryWhileBusy(deadline, () => lock.exec('BEGIN EXCLUSIVE'));
    await work(deadline);
  } finally {
    lock.close();
  }
}

async function retryWhileBusy(deadline: number, attempt: () => unknown): Promise<void> {
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
