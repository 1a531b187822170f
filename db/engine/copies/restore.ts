import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from '@/lib/env/database';
import { migrate, shippedMigrations } from '@/db/engine/migrate';
import { takeFacts, type BackupFacts } from './backup-facts';
import { copyFile } from './copy-file';
import { intoPostgres } from './postgres-side';
import { checkNotNewer } from './refusals';
import { replaceDatabase } from './replace-database';
import { appliedIn, checkWhole, fromSqlite } from './sqlite-side';

/**
 * Puts a backup in the place of a database, all or nothing. `replace`: also when something is in it. Returns what the
 * backup says about itself; null for a copy of a database that was made by other means.
 */
export async function restore(
  backup: string,
  database: Database,
  replace: boolean,
): Promise<BackupFacts | null> {
  if (database.dialect === 'postgres') return restoreInto(database, backup, replace);
  let facts: BackupFacts | null = null;
  await replaceDatabase(database.file, replace, async (draft) => {
    facts = unpack(backup, draft);
    // Before it is in its place: a migration that fails leaves the old database.
    await migrate({ dialect: 'sqlite', file: draft });
    return facts?.secret ?? null;
  });
  return facts;
}

async function restoreInto(
  database: Extract<Database, { dialect: 'postgres' }>,
  backup: string,
  replace: boolean,
): Promise<BackupFacts | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-restore-'));
  try {
    const file = path.join(folder, 'database');
    const facts = unpack(backup, file);
    await migrate({ dialect: 'sqlite', file });
    await migrate(database);
    await fromSqlite(file, (from) =>
      intoPostgres(database.url, from, { replace, copied: () => undefined }),
    );
    return facts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies the database out of a backup, and checks it. */
function unpack(backup: string, file: string): BackupFacts | null {
  copyFile(backup, file);
  const connection = new Sqlite(file);
  try {
    checkNotNewer(appliedIn(connection), shippedMigrations('sqlite'));
    const facts = takeFacts(connection);
    checkWhole(connection);
    return facts;
  } finally {
    connection.close();
  }
}
