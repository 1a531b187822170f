import { existsSync } from 'node:fs';
import type { Database } from '@/lib/env/database';
import { driverAddress, withHint } from '@/db/engine/postgres-address';
import { shippedMigrations } from '@/db/engine/migrate';

/** A database, as it is without being changed. */
export interface DatabaseHealth {
  /** False: the server makes it at its first start. */
  readonly exists: boolean;
  /** Such as `PostgreSQL 18.4`. */
  readonly version: string;
  readonly encoding: string;
  /** How many migrations it has, and how many this version of the program has. */
  readonly applied: number;
  readonly shipped: number;
  /** Whether the user may make schemas and tables, as migrations do. */
  readonly mayMigrate: boolean;
  /** Its own time; null where it runs on this machine. */
  readonly now: Date | null;
  /** How many connections it takes in all; null: as many as one likes. */
  readonly connectionsMax: number | null;
}

/** Throws when it cannot be reached or written. */
export const inspect = (database: Database): Promise<DatabaseHealth> =>
  database.dialect === 'sqlite' ? inspectSqlite(database.file) : inspectPostgres(database.url);

async function inspectSqlite(file: string): Promise<DatabaseHealth> {
  const shipped = shippedMigrations('sqlite');
  const common = { mayMigrate: true, now: null, connectionsMax: null, shipped };
  if (!existsSync(file))
    return { exists: false, version: 'SQLite', encoding: 'UTF-8', applied: 0, ...common };
  const { default: Sqlite } = await import('better-sqlite3');
  const connection = new Sqlite(file, { fileMustExist: true, timeout: 5000 });
  try {
    const { version } = connection.prepare('select sqlite_version() as version').get() as {
      version: string;
    };
    const encoding = String(connection.pragma('encoding', { simple: true }));
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('ROLLBACK');
    const known = connection.prepare(
      "select 1 from sqlite_master where name = '__drizzle_migrations'",
    );
    const count = 'select count(*) as applied from __drizzle_migrations';
    const { applied } =
      known.get() === undefined
        ? { applied: 0 }
        : (connection.prepare(count).get() as { applied: number });
    return { exists: true, version: `SQLite ${version}`, encoding, applied, ...common };
  } finally {
    connection.close();
  }
}

const MIGRATIONS = 'drizzle.__drizzle_migrations';

async function inspectPostgres(url: string): Promise<DatabaseHealth> {
  const { Client } = (await import('pg')).default;
  const client = new Client({
    connectionString: driverAddress(url),
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect().catch((thrown: unknown) => {
      throw withHint(thrown);
    });
    const { rows } = await client.query<
      Record<'version' | 'encoding' | 'max', string> & {
        now: Date;
        known: string | null;
        mayMigrate: boolean;
      }
    >(
      `select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
        current_setting('max_connections') as max, clock_timestamp() as now, to_regclass($1)::text as known,
        has_database_privilege(current_database(), 'CREATE')
          and coalesce(has_schema_privilege(to_regnamespace('public')::oid, 'CREATE'), false) as "mayMigrate"`,
      [MIGRATIONS],
    );
    const [row] = rows;
    if (!row) throw new Error('The database answers nothing');
    await client.query('begin read write');
    // Refused by a replica, and without the right to write.
    if (row.known !== null) await client.query('update owners set seen_at = seen_at where false');
    await client.query('rollback');
    const applied =
      row.known === null
        ? []
        : (await client.query<{ applied: string }>(`select count(*) as applied from ${MIGRATIONS}`))
            .rows;
    return {
      exists: row.known !== null,
      version: `PostgreSQL ${row.version}`,
      encoding: row.encoding,
      applied: Number(applied[0]?.applied ?? 0),
      shipped: shippedMigrations('postgres'),
      mayMigrate: row.mayMigrate,
      now: row.now,
      connectionsMax: Number(row.max),
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}
