import 'server-only';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Database } from '@/lib/env';
import { checkNodeForSqlite } from './node-version';
import type { RateCounts } from './rate-counts';
import type * as tables from './schema.postgres';

/** What the query modules may call. The names are Postgres'; see `sqliteAsQueries` for the other dialect. */
export type Queries = Pick<NodePgDatabase, 'select' | 'insert' | 'update' | 'delete'>;
export type Tables = typeof tables;

/** An open database. Both verbs throw `unavailable` when it cannot be had. */
export interface Db {
  readonly tables: Tables;
  /** Null where the database is that of one machine: its processes count for themselves. */
  readonly rates: RateCounts | null;
  /** Sees what was committed. Not for writes. */
  read<T>(run: (query: Queries) => Promise<T>): Promise<T>;
  /** All or nothing: what `run` throws undoes its writes. */
  transaction<T>(run: (query: Queries) => Promise<T>): Promise<T>;
  /** How many migrations were applied. */
  appliedMigrations(): Promise<number>;
  close(): Promise<void>;
}

/** Only the driver that is asked for is loaded. */
export async function openDatabase(database: Database): Promise<Db> {
  if (database.dialect === 'sqlite') {
    checkNodeForSqlite();
    const { openSqlite } = await import('./client.sqlite');
    return openSqlite(database.file);
  }
  const { openPostgres } = await import('./client.postgres');
  return openPostgres(database.url, database.poolMax);
}
