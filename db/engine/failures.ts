import { DrizzleQueryError } from 'drizzle-orm';
import { AppError, unavailable } from '@/lib/errors';

/** Runs a query. Throws `unavailable` when the database is locked, full or unreachable; other errors pass through. */
export async function mapErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const cause = withoutValues(thrown);
    throw isUnavailable(thrown) ? unavailable('store', cause) : cause;
  }
}

/** Drizzle's error contains the query's values, which are users' texts. Only the query may reach the log. */
function withoutValues(thrown: unknown): unknown {
  if (!(thrown instanceof DrizzleQueryError)) return thrown;
  return new Error(`The query failed: ${thrown.query}`, { cause: thrown.cause });
}

const SQLITE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY)/;
/** Classes 08 (connection), 53 (resources), 40 (transaction rollback) and 57 (timeout, shutdown, startup), and socket errors. */
const POSTGRES = /^(08|40|53|57)|^E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND)/;
/** pg's own connection errors have no code. */
const DRIVER =
  /connection (terminated|timeout|ended|error)|timeout exceeded when trying to connect|query read timeout/i;

/** True for temporary errors: locked, full, unreachable, or a conflict between transactions. */
export function isUnavailable(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false;
  // Do not match its message, which contains users' texts.
  if (thrown instanceof DrizzleQueryError) return isUnavailable(thrown.cause);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (SQLITE.test(code) || POSTGRES.test(code) || DRIVER.test(thrown.message)) return true;
  return isUnavailable(thrown.cause);
}

/** True when another connection holds SQLite's lock. */
export const isBusy = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (('code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY')) || isBusy(thrown.cause));
