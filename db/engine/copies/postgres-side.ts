import pg from 'pg';
import { drizzle } from 'drizzle-orm/node-postgres';
import { driverAddress, withHint } from '@/db/engine/postgres-address';
import { shippedMigrations } from '@/db/engine/migrate';
import { copiedTables, REBUILT } from './copied-tables';
import { copyTables, type CopiedRows, type Side } from './copy-tables';
import { checkVersion, notEmpty } from './refusals';

/** Reads a consistent snapshot of a database, while others write to it. */
export const fromPostgres = <Result>(
  url: string,
  use: (side: Side) => Promise<Result>,
): Promise<Result> =>
  connected(url, async (client) => {
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await checkMigrations(client);
    return use({ query: drizzle({ client }), tables: copiedTables('postgres') });
  });

interface Filling {
  /** Whether existing data may be deleted. */
  readonly replace: boolean;
  readonly copied: (table: CopiedRows) => void;
}

/**
 * Fills a migrated database, in one transaction: it is as before until all of it is there. Nothing else reads or writes
 * meanwhile.
 */
export const intoPostgres = (
  url: string,
  from: Side,
  { replace, copied }: Filling,
): Promise<void> =>
  connected(url, async (client) => {
    const tables = copiedTables('postgres');
    const names = [...tables.map(({ name }) => name), ...REBUILT].map(quoted);
    await client.query('begin');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await checkMigrations(client);
    await checkUnused(client);
    await lockTables(client, names);
    // One that came while the lock was waited for.
    await checkUnused(client);
    if (replace) await client.query(`truncate ${names.join(', ')} cascade`);
    else await checkEmpty(client, names);
    const restoreReferences = await dropReferences(client, names);
    await copyTables(from, { query: drizzle({ client }), tables }, copied);
    await restoreReferences();
    await client.query('commit');
    // The planner knows nothing of the new rows, and would read whole tables.
    // It is all there, so a failure of this one is none of the copy.
    await client.query('analyze').catch(() => undefined);
  });

async function connected<Result>(
  url: string,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: driverAddress(url),
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A lost connection fails the statement that waits on it; without a listener it would end the process before.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((thrown: unknown) => {
      throw withHint(thrown);
    });
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkMigrations(client: pg.Client): Promise<void> {
  const table = 'drizzle.__drizzle_migrations';
  const { rows: known } = await client.query<{ known: unknown }>(
    'select to_regclass($1) as known',
    [table],
  );
  const { rows } =
    known[0]?.known == null
      ? { rows: [] }
      : await client.query<{ applied: string }>(`select count(*) as applied from ${table}`);
  checkVersion(Number(rows[0]?.applied ?? 0), shippedMigrations('postgres'));
}

/** Throws while others have connections to the database. */
export const checkUnusedPostgres = (url: string): Promise<void> => connected(url, checkUnused);

/** A connection that was closed is listed for a moment more. */
const TRIES = 10;

/**
 * Throws while others have connections, whatever they call themselves: an address can give a server another name. Of
 * other users one sees neither what they do nor what kind of process they are.
 */
async function checkUnused(client: pg.Client): Promise<void> {
  let names: string[] = [];
  for (let tried = 0; tried < TRIES; tried += 1) {
    // In a transaction the list would stay as it was first read.
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ name: string }>(
      `select coalesce(nullif(application_name, ''), usename::text, 'unknown') as name from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null
         and coalesce(backend_type, 'client backend') = 'client backend'`,
    );
    if (rows.length === 0) return;
    names = rows.map(({ name }) => name);
    await client.query('select pg_sleep(0.1)');
  }
  throw new Error(
    `Others use this database (${String(names.length)} connections: ${[...new Set(names)].join(', ')}). If one is a server, stop it first, and end the others. A pooler may keep some for minutes more`,
  );
}

/** Waits no longer for a lock: meanwhile everyone else would wait behind it. */
async function lockTables(client: pg.Client, names: readonly string[]): Promise<void> {
  await client.query("set local lock_timeout = '10s'");
  try {
    await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== '55P03') throw thrown;
    throw new Error('Something else uses the tables: end it first', { cause: thrown });
  }
}

async function checkEmpty(client: pg.Client, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { rowCount } = await client.query(`select 1 from ${name} limit 1`);
    if (rowCount) throw notEmpty(name.slice(1, -1));
  }
}

/**
 * Drops the references among the tables. Returns what puts them back, which checks all rows at once. They come in any
 * order, and only a superuser could switch the checks off.
 */
async function dropReferences(
  client: pg.Client,
  names: readonly string[],
): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ place: string; name: string; definition: string }>(
    `select conrelid::regclass::text as place, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any ($1::regclass[]) order by conname`,
    [names],
  );
  for (const { place, name } of rows)
    await client.query(`alter table ${place} drop constraint ${quoted(name)}`);
  return async () => {
    for (const { place, name, definition } of rows)
      await client.query(`alter table ${place} add constraint ${quoted(name)} ${definition}`);
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
