import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from '@/lib/env/database';
import { flush } from '@/db/engine/files/replace-file';
import { writeFacts, type BackupFacts } from './backup-facts';
import { copyFile } from './copy-file';
import { fromPostgres } from './postgres-side';
import { checkNotNewer } from './refusals';
import { settle } from './settle';
import { appliedIn, checkWhole, intoNewFile } from './sqlite-side';

/**
 * Writes a backup: one SQLite file, whichever database it is of. The name appears when the file is whole, checked and on
 * the disk. Throws when there is a file of this name.
 */
export async function backUp(database: Database, file: string, facts: BackupFacts): Promise<void> {
  if (existsSync(file)) throw exists(file);
  // Two backups at once must not write into one file.
  const draft = `${file}.${randomUUID().slice(0, 8)}.half`;
  await settle(database);
  try {
    await copyInto(draft, database);
    const connection = new Sqlite(draft);
    try {
      checkNotNewer(appliedIn(connection), Infinity);
      writeFacts(connection, facts);
      checkWhole(connection);
    } finally {
      connection.close();
    }
    flush(draft);
    appear(draft, file);
    flush(path.dirname(file));
  } finally {
    rmSync(draft, { force: true });
  }
}

const exists = (file: string): Error => new Error(`${file} exists: choose another name`);

/** Not by renaming it, which would replace a file that appeared meanwhile. */
function appear(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) throw exists(file);
    // Some disks have no links, such as those of memory sticks.
    renameSync(draft, file);
  }
}

async function copyInto(draft: string, database: Database): Promise<void> {
  if (database.dialect === 'sqlite') {
    copyFile(database.file, draft);
    return;
  }
  rmSync(draft, { force: true });
  await fromPostgres(database.url, (from) => intoNewFile(draft, from, () => undefined));
}
