import type { Env } from '@/lib/env';
import type { Database } from '@/lib/env/database';
import { causesOf } from '@/lib/errors';
import { clockFindings } from './clock';
import { finder, type Finding } from './finding';

const { ok, warning, problem } = finder('database');

/** Facts about a database, read without changing it. */
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
  /** The maximum number of connections; null: unlimited. */
  readonly connectionsMax: number | null;
}

/** Throws when it cannot be reached or written. */
export type Inspect = (database: Database) => Promise<DatabaseHealth>;

export async function checkDatabase(
  { DATABASE, DATABASE_POOL_MAX }: Env,
  inspect: Inspect,
): Promise<Finding[]> {
  const sentAt = Date.now();
  try {
    const health = await inspect(DATABASE);
    return [
      ...databaseFindings(health, DATABASE_POOL_MAX),
      ...(health.now ? clockFindings('the database', health.now, sentAt, Date.now()) : []),
    ];
  } catch (thrown) {
    const where = DATABASE.dialect === 'sqlite' ? DATABASE.file : 'Postgres';
    const says = `${where} cannot be reached and written (DATABASE_URI): ${causesOf(thrown)}`;
    return [problem(says)];
  }
}

/** What its state means. */
export function databaseFindings(health: DatabaseHealth, poolMax: number): Finding[] {
  const { exists, version, encoding, applied, shipped, connectionsMax, mayMigrate } = health;
  const findings = [
    exists
      ? ok(`${version} is reachable and can be written.`)
      : ok(`${version}: the server makes the tables at its first start.`),
  ];
  if (exists && applied < shipped)
    findings.push(
      warning(
        `It lacks ${String(shipped - applied)} migrations of this version: the server applies them at its start. Make a backup first, with the version that wrote it.`,
      ),
    );
  if (applied < shipped && !mayMigrate)
    findings.push(
      problem(
        'Its user may not make the tables: grant create on the database, and on its schema public, to the user of DATABASE_URI.',
      ),
    );
  if (applied > shipped)
    findings.push(
      problem(
        'A newer version of the program has migrated it: use that version, or restore a backup.',
      ),
    );
  if (!/^UTF-?8$/i.test(encoding))
    findings.push(
      problem(`Its encoding is ${encoding}, which cannot hold every text: create it with UTF8.`),
    );
  if (connectionsMax !== null && poolMax + 1 > connectionsMax)
    findings.push(
      problem(
        `DATABASE_POOL_MAX is more than the ${String(connectionsMax)} connections that the database takes from all together.`,
      ),
    );
  return findings;
}
