import type Sqlite from 'better-sqlite3';

/** Far more than there are queries; lists of ids add a few lengths. */
const KEPT_MAX = 300;

/**
 * Makes a connection prepare each query once. Drizzle prepares at every use, which takes longer than most queries run.
 * A statement can be shared, because it runs to its end synchronously.
 */
export function cacheStatements(connection: Sqlite.Database): void {
  const prepare = connection.prepare.bind(connection);
  const kept = new Map<string, Sqlite.Statement>();
  const prepareOnce = (text: string): Sqlite.Statement => {
    const known = kept.get(text);
    if (known) return known;
    const [oldest] = kept.size < KEPT_MAX ? [] : kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
    const statement = prepare(text);
    kept.set(text, statement);
    return statement;
  };
  connection.prepare = prepareOnce as typeof connection.prepare;
}
