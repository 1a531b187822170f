import 'server-only';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Db, Queries, Tables } from './client';
import { makeFolderOf } from './files/belong-to';
import { mapErrors, isBusy } from './failures';
import { cacheStatements } from './statement-cache';
import { makeForServer } from './private-file';
import * as tables from './schema.sqlite';

/**
 * SQLite blocks the event loop while it waits for a lock. It waits briefly, and the retries happen outside.
 * Milliseconds.
 */
const BUSY_TIMEOUT_MS = 50;
const LOCK_WAIT_MS = 5000;
const LOCK_PAUSE_MS = 25;

/**
 * The one cast between the dialects. Its guarantee: both drivers' builders have the methods of `Queries`, are awaited
 * the same way, and the two schemas have rows of the same types (rows.test.ts).
 */
export const sqliteAsQueries = (db: BetterSQLite3Database): Queries => db as unknown as Queries;
const sqliteAsTables = tables as unknown as Tables;

/**
 * One connection writes, one transaction at a time; another reads and never sees half a transaction. The caller closes
 * both.
 */
export function openSqlite(file: string): Db {
  makeFolderOf(file);
  const writer = connect(file);
  const reader = connect(file);
  reader.pragma('query_only = ON');
  cacheStatements(writer);
  cacheStatements(reader);
  const write = sqliteAsQueries(drizzle({ client: writer }));
  const read = sqliteAsQueries(drizzle({ client: reader }));
  let last: Promise<unknown> = Promise.resolve();

  const commit = writer.prepare('COMMIT');
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const transact = async <T>(run: (tx: Queries) => Promise<T>, deadline: number): Promise<T> => {
    await beginImmediate(begin, deadline);
    try {
      const result = await run(write);
      commit.run();
      return result;
    } catch (thrown) {
      if (writer.inTransaction) writer.exec('ROLLBACK');
      throw thrown;
    }
  };

  const transaction: Db['transaction'] = (run) => {
    // The deadline starts here, so that queued transactions do not add up their waits for a lock.
    const deadline = performance.now() + LOCK_WAIT_MS;
    const mine = last.then(() => mapErrors(() => transact(run, deadline)));
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    tables: sqliteAsTables,
    rates: null,
    connections: () => null,
    read: (run) => mapErrors(() => run(read)),
    transaction,
    withPruneLock: transaction,
    appliedMigrations: () =>
      mapErrors(() => {
        const count = reader.prepare('select count(*) as applied from __drizzle_migrations');
        return Promise.resolve((count.get() as { applied: number }).applied);
      }),
    async close() {
      await last;
      reader.close();
      writer.close();
    },
  };
}

export function connect(file: string): Sqlite.Database {
  makeForServer(file, path.dirname(file));
  const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  connection.pragma('journal_mode = WAL');
  // Commits survive a killed process. A power loss may lose the last commits but never corrupts the file. With FULL
  // every commit would wait for the disk and hold up all streams of this process.
  connection.pragma('synchronous = NORMAL');
  // 16 MB: four times fewer checkpoints than by default. Each copies pages and waits for the disk within a commit.
  connection.pragma('wal_autocheckpoint = 4000');
  connection.pragma('foreign_keys = ON');
  return connection;
}

/** IMMEDIATE takes the write lock first, so that a transaction cannot fail halfway on another process's lock. */
async function beginImmediate(begin: Sqlite.Statement, deadline: number): Promise<void> {
  for (;;) {
    try {
      begin.run();
      return;
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > deadline) throw thrown;
      await pause(LOCK_PAUSE_MS);
    }
  }
}
