import 'server-only';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { log } from '@/lib/log';
import type { Db } from './client';
import { mapErrors, isUnavailable } from './failures';
import { driverAddress } from './postgres-address';
import { rateCounts } from './rate-counts';
import * as tables from './schema.postgres';

/** How connections of a server are called in pg_stat_activity. */
const PROGRAM = 'ask-next';

const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * One connection of the pool is reserved for rate counts, so that turns and bursts of requests do not wait for each
 * other.
 */
const POOL_MAX = 10;

export function openPostgres(url: string, poolMax = POOL_MAX): Db {
  const pool = openPool(url, Math.max(1, poolMax - 1));
  const counting = poolMax > 1 ? openPool(url, 1) : pool;
  const db = drizzle({ client: pool });
  return {
    tables,
    rates: rateCounts(counting),
    read: (run) => mapErrors(() => run(db)),
    transaction: (run) => mapErrors(() => transact(pool, run)),
    withPruneLock: (run) =>
      mapErrors(() =>
        transact(pool, async (query) => ((await takeLock(query)) ? run(query) : null)),
      ),
    appliedMigrations: () =>
      mapErrors(async () => {
        const { rows } = await db.execute<{ applied: string }>(
          sql`select count(*) as applied from drizzle.__drizzle_migrations`,
        );
        return Number(rows[0]?.applied ?? 0);
      }),
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: async () => {
      await pool.end();
      if (counting !== pool) await counting.end();
    },
  };
}

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: driverAddress(url),
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    fallback_application_name: PROGRAM,
  });
  // When the server closes an idle connection, do not crash; the next query opens another.
  pool.on('error', ({ message }) => {
    log().warn({ event: 'store.disconnected', cause: message });
  });
  return pool;
}

/** An arbitrary number that no other program uses, beside the one of migrations. */
const PRUNE_LOCK = 4_275_396_012;

/** Until the end of the transaction: behind a pooler a lock of the session would outlive it. */
async function takeLock(query: NodePgDatabase): Promise<boolean> {
  const { rows } = await query.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(${PRUNE_LOCK}) as taken`,
  );
  return rows[0]?.taken === true;
}

const queriesByClient = new WeakMap<pg.PoolClient, NodePgDatabase>();

/** One object per connection, with the statements built for it. */
function queriesOf(client: pg.PoolClient): NodePgDatabase {
  const queries = queriesByClient.get(client) ?? drizzle({ client });
  queriesByClient.set(client, queries);
  return queries;
}

/**
 * Replaces Drizzle's transaction, which leaks the connection when `begin` fails, and has no error listener on a
 * connection in use: an error there would crash the process.
 */
async function transact<T>(pool: pg.Pool, run: (query: NodePgDatabase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  client.on('error', note);
  try {
    // The server stops too: else what waits for a lock would stay there after the connection is given up.
    await client.query(`begin; set local statement_timeout = ${String(STATEMENT_TIMEOUT_MS)}`);
    const result = await run(queriesOf(client));
    await client.query('commit');
    return result;
  } catch (thrown) {
    // The connection may still wait for an answer, and a rollback would queue behind it. Close it instead.
    if (isUnavailable(thrown)) broken = thrown;
    else await client.query('rollback').catch(note);
    throw thrown;
  } finally {
    client.off('error', note);
    // With an error the pool closes this connection and opens another on demand.
    client.release(broken);
  }
}
