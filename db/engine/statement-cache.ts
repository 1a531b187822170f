import type Sqlite from 'better-sqlite3';

/** Far more than there are queries; lists of ids add a few lengths. */
const KEPT_MAX = 300;

/**
 * Makes a connection prepare each query once. Drizzle prepares at every use, which takes longer than most queries run.
 * A statement can be shared, because it runs to its end synchronously.
 */
export function cacheStatements(connection: Sqlite.Database): void {
  const prepare = connection.prepare.bind(connection);
  const statements = new Map<string, Sqlite.Statement>();
  const prepareOnce = (text: string): Sqlite.Statement => {
    const cached = statements.get(text);
    if (cached) return cached;
    const [oldest] = statements.size < KEPT_MAX ? [] : statements.keys();
    if (oldest !== undefined) statements.delete(oldest);
    const statement = prepare(text);
    statements.set(text, statement);
    return statement;
  };
  connection.prepare = prepareOnce as typeof connection.prepare;
}
