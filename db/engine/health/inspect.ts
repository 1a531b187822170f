import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { DatabaseHealth, Inspect } from '@/lib/doctor/database';
import { isBusy } from '@/db/engine/failures';
import { driverAddress, withHint } from '@/db/engine/postgres-address';
import { shippedMigrations } from '@/db/engine/migrate';

/** Throws when it cannot be reached or written. */
export const inspect: Inspect = (database) =>
  database.dialect === 'sqlite' ? inspectSqlite(database.file) : inspectPostgres(database.url);

/** SQLite blocks the event loop while it waits for a lock: briefly, and it is asked again. Milliseconds. */
const BUSY_TIMEOUT_MS = 50;
const LOCK_PAUSE_MS = 25;
const LOCK_WAIT_MS = 5000;

async function inspectSqlite(file: string): Promise<DatabaseHealth> {
  const shipped = shippedMigrations('sqlite');
  const common = { mayMigrate: true, now: null, connectionsMax: null, shipped };
  if (!existsSync(file))
    return { exists: false, version: 'SQLite', encoding: 'UTF-8', applied: 0, ...common };
  const { default: Connection } = await import('better-sqlite3');
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      const connection = new Connection(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
      return { exists: true, ...lookInto(connection), ...common };
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > deadline) throw thrown;
      await pause(LOCK_PAUSE_MS);
    }
  }
}

/** Closes the connection. */
function lookInto(
  connection: Sqlite.Database,
): Pick<DatabaseHealth, 'version' | 'encoding' | 'applied'> {
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
    return { version: `SQLite ${version}`, encoding, applied };
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
