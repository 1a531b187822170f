import { DrizzleQueryError } from 'drizzle-orm';
import { AppError, unavailable } from '@/lib/errors';

/** Runs a query; a database that is locked, full or away is `unavailable`, other errors pass as they are. */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const cause = withoutValues(thrown);
    throw isUnavailable(thrown) ? unavailable('store', cause) : cause;
  }
}

/** Drizzle's error quotes the values of the query, which are people's words; the log gets the query alone. */
function withoutValues(thrown: unknown): unknown {
  if (!(thrown instanceof DrizzleQueryError)) return thrown;
  return new Error(`The query failed: ${thrown.query}`, { cause: thrown.cause });
}

const SQLITE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY)/;
/**
 * Classes 08 (connection), 53 (resources) and 40 (a transaction that lost to another), shutdown and start-up, and what
 * sockets say.
 */
const POSTGRES = /^(08|40|53|57P)|^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND)/;
/** pg's own errors about a connection have no code. */
const DRIVER =
  /connection (terminated|timeout|ended|error)|timeout exceeded when trying to connect|query read timeout/i;

/** True when the database cannot be worked with for now: locked, full, away, or another transaction came first. */
export function isUnavailable(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false;
  // Its message quotes people's words, which may read like anything.
  if (thrown instanceof DrizzleQueryError) return isUnavailable(thrown.cause);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (SQLITE.test(code) || POSTGRES.test(code) || DRIVER.test(thrown.message)) return true;
  return isUnavailable(thrown.cause);
}

/** True for SQLite's answer to somebody else's lock. */
export const isBusy = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (('code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY')) || isBusy(thrown.cause));
