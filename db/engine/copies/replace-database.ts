import { existsSync, readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { isBusy } from '@/db/engine/failures';
import {
  beginReplacing,
  finishReplacing,
  giveUpReplacing,
  replaceFile,
} from '@/db/engine/files/replace-file';
import { secretFileOf } from '@/lib/env/database';
import { withFileLock } from '@/db/engine/migrate';
import { copiedTables } from './copied-tables';
import { damaged, inUse, notEmpty, otherSecret } from './refusals';

/**
 * Puts a new file in the place of a database, all or nothing. `prepare` writes it, and resolves with the secret that goes
 * with it; null keeps the one that is there. Throws while a server uses the database, and, unless `replace`, when
 * something is in it.
 */
export const replaceDatabase = (
  file: string,
  replace: boolean,
  prepare: (draft: string) => Promise<string | null>,
): Promise<void> =>
  withFileLock(file, async () => {
    finishReplacing(file);
    // Before the work, and again after it.
    locked(file, replace, () => undefined);
    const { database } = beginReplacing(file);
    try {
      const secret = await prepare(database);
      if (!replace && secret !== null) checkSecret(file, secret);
      locked(file, replace, () => {
        replaceFile(file, secret);
      });
    } finally {
      giveUpReplacing(file);
    }
  });

/** Databases in one folder share a secret: another one would make strangers of the visitors of the others. */
function checkSecret(file: string, secret: string): void {
  const place = secretFileOf(file);
  if (existsSync(place) && readFileSync(place, 'utf8').trim() !== secret.trim())
    throw otherSecret();
}

/** Throws while a process has the file open. */
export const checkUnused = (file: string): Promise<void> =>
  withFileLock(file, () => {
    locked(file, true, () => undefined);
    return Promise.resolve();
  });

/** Runs `work` while no process has the file open. All that is in the files beside it is then in the file itself. */
function locked(file: string, replace: boolean, work: () => void): void {
  if (!existsSync(file)) {
    work();
    return;
  }
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    const isDamaged = !lock(connection);
    if (isDamaged && !replace) throw damaged(file);
    if (!replace) checkEmpty(connection);
    // Windows replaces no file that is open.
    if (process.platform === 'win32') connection.close();
    work();
  } finally {
    connection.close();
  }
}

/** Locks the database. False for a damaged one, which can only be replaced. */
function lock(connection: Sqlite.Database): boolean {
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.pragma('journal_mode = DELETE');
    connection.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (thrown) {
    if (isBusy(thrown)) throw inUse();
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return false;
    throw thrown;
  }
}

function checkEmpty(connection: Sqlite.Database): void {
  const tableQuery = connection.prepare("select name from sqlite_master where type = 'table'");
  const tables = new Set(tableQuery.all().map((row) => (row as { name: string }).name));
  for (const { name } of copiedTables('sqlite')) {
    if (!tables.has(name)) continue;
    if (connection.prepare(`select 1 from "${name}" limit 1`).get() !== undefined)
      throw notEmpty(name);
  }
}
