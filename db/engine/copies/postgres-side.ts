import pg from 'pg';
import { drizzle } from 'drizzle-orm/node-postgres';
import { driverAddress, withHint } from '@/db/engine/postgres-address';
import { PROGRAM } from '@/db/engine/client.postgres';
import { shippedMigrations } from '@/db/engine/migrate';
import { copiedTables, REBUILT } from './copied-tables';
import { copyTables, type CopiedRows, type Side } from './copy-tables';
import { checkVersion, notEmpty } from './refusals';

/** Reads a database as it is at one moment, while others write to it. */
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
  /** Whether what is there may be deleted. */
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
    await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
    if (replace) await client.query(`truncate ${names.join(', ')} cascade`);
    else await checkEmpty(client, names);
    const restoreReferences = await dropReferences(client, names);
    await copyTables(from, { query: drizzle({ client }), tables }, copied);
    await restoreReferences();
    await client.query('commit');
    // The planner knows nothing of the new rows, and would read whole tables.
    await client.query('analyze');
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

/** Throws while a server has connections. Behind a pooler they may outlive it by some minutes. */
async function checkUnused(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ open: string }>(
    `select count(*) as open from pg_stat_activity
     where datname = current_database() and application_name = $1`,
    [PROGRAM],
  );
  const open = Number(rows[0]?.open ?? 0);
  if (open > 0)
    throw new Error(
      `A server uses this database (${String(open)} connections): stop it first. A pooler may keep them for some minutes more`,
    );
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
