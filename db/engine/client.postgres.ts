import 'server-only';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { log } from '@/lib/log';
import type { Db, Queries } from './client';
import { guarded, isUnavailable } from './failures';
import { driverAddress } from './postgres-address';
import { rateCounts } from './rate-counts';
import * as tables from './schema.postgres';

const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 10_000;

/** Of which one is kept for counting requests, so that a burst of them does not wait for turns, nor turns for it. */
const POOL_MAX = 10;

export function openPostgres(url: string, poolMax = POOL_MAX): Db {
  const pool = openPool(url, Math.max(1, poolMax - 1));
  const counting = poolMax > 1 ? openPool(url, 1) : pool;
  const db = drizzle({ client: pool });
  return {
    tables,
    rates: rateCounts(counting),
    read: (run) => guarded(() => run(db)),
    transaction: (run) => guarded(() => transact(pool, run)),
    appliedMigrations: () =>
      guarded(async () => {
        const { rows } = await db.execute<{ applied: string }>(
          sql`select count(*) as applied from drizzle.__drizzle_migrations`,
        );
        return Number(rows[0]?.applied ?? 0);
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
  });
  // An idle connection that the server closes is no reason to end the process; the next query opens another.
  pool.on('error', ({ message }) => {
    log().warn({ event: 'store.connection_lost', cause: message });
  });
  return pool;
}

const known = new WeakMap<pg.PoolClient, Queries>();

/** One for each connection, which keeps what was prepared for it. */
function queriesOf(client: pg.PoolClient): Queries {
  const queries = known.get(client) ?? drizzle({ client });
  known.set(client, queries);
  return queries;
}

/**
 * In place of Drizzle's own, which loses a connection when `begin` fails on it, and which leaves a connection that
 * breaks while it is in use without a listener: that would end the process.
 */
async function transact<T>(pool: pg.Pool, run: (query: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  client.on('error', note);
  try {
    await client.query('begin');
    const result = await run(queriesOf(client));
    await client.query('commit');
    return result;
  } catch (thrown) {
    // A connection that still waits for an answer would let this wait behind it.
    if (isUnavailable(thrown)) broken = thrown;
    else await client.query('rollback').catch(note);
    throw thrown;
  } finally {
    client.off('error', note);
    // With an error the pool closes it and opens another when one is needed.
    client.release(broken);
  }
}
