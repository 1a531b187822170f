import type Sqlite from 'better-sqlite3';

/** What a backup holds beside the database's own tables, in a table of its own. */
export interface BackupFacts {
  /** What signs the cookies of visitors; null: it is in APP_SECRET, and not in the backup. */
  readonly secret: string | null;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Of the program. */
  readonly version: string;
}

export function writeFacts(connection: Sqlite.Database, facts: BackupFacts): void {
  connection.exec('create table backup_facts (name text primary key, value text)');
  const add = connection.prepare('insert into backup_facts values (?, ?)');
  for (const [name, value] of Object.entries(facts)) add.run(name, value);
}

/** Takes them out of a copy of a backup; null: it is a database that was copied by other means. */
export function takeFacts(connection: Sqlite.Database): BackupFacts | null {
  const tableQuery = connection.prepare("select 1 from sqlite_master where name = 'backup_facts'");
  if (tableQuery.get() === undefined) return null;
  const rows = connection.prepare('select name, value from backup_facts').all() as {
    name: string;
    value: string | null;
  }[];
  // The secret must not stay in a page that is free.
  connection.pragma('secure_delete = ON');
  connection.exec('drop table backup_facts');
  const facts = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  return {
    secret: facts['secret'] ?? null,
    madeAt: facts['madeAt'] ?? '',
    version: facts['version'] ?? '',
  };
}
