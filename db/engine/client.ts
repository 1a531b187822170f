import 'server-only';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Database } from '@/lib/env/database';
import { checkNodeForSqlite } from './node-version';
import type { RateCounts } from './rate-counts';
import type * as tables from './schema.postgres';

/** The methods that query modules may call, with Postgres's types; see `sqliteAsQueries` for the other dialect. */
export type Queries = Pick<NodePgDatabase, 'select' | 'insert' | 'update' | 'delete'>;
export type Tables = typeof tables;

/** Connections of this process, and what waits for one. */
export type PoolUse = Readonly<Record<'open' | 'idle' | 'waiting', number>>;

/** An open database. `read` and `transaction` throw `unavailable` when it is locked, full or unreachable. */
export interface Db {
  readonly tables: Tables;
  /** Null for SQLite: its processes share one machine and count in memory. */
  readonly rates: RateCounts | null;
  /** Sees committed data only. Must not write. */
  read<T>(run: (query: Queries) => Promise<T>): Promise<T>;
  /** Atomic: rolls back when `run` throws. */
  transaction<T>(run: (query: Queries) => Promise<T>): Promise<T>;
  /** Like `transaction`, under the deployment's lock for pruning. Returns null, without running, while another process has it. */
  withPruneLock<T>(run: (query: Queries) => Promise<T>): Promise<T | null>;
  /** The number of applied migrations. */
  appliedMigrations(): Promise<number>;
  /** Null for SQLite, which has no pool. */
  connections(): PoolUse | null;
  close(): Promise<void>;
}

/** Opens a database, loading only its driver. The caller closes it. */
export async function openDatabase(database: Database): Promise<Db> {
  if (database.dialect === 'sqlite') {
    checkNodeForSqlite();
    const { openSqlite } = await import('./client.sqlite');
    return openSqlite(database.file);
  }
  const { openPostgres } = await import('./client.postgres');
  return openPostgres(database.url, database.poolMax);
}
