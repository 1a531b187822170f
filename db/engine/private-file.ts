import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** What SQLite puts beside a database, with the mode that the database has at the time. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Makes a database, and what lies beside it from an earlier start, for its owner's eyes alone, in whatever folder. A
 * file that is there is not opened: to close it would drop the locks that SQLite has on it in this process.
 */
export function keepPrivate(file: string): void {
  unless(['EEXIST', 'EACCES', 'EROFS', 'ENOENT', 'EISDIR'], () => {
    closeSync(openSync(file, 'wx', 0o600));
  });
  for (const name of [file, ...BESIDE.map((end) => file + end)])
    unless(['ENOENT', 'EPERM', 'EROFS', 'EACCES'], () => {
      // An address may name a folder by mistake, which must stay as it is.
      if (statSync(name).isFile()) chmodSync(name, 0o600);
    });
}

/** What is the matter with a file, SQLite says when it opens it; another account's is that account's to protect. */
function unless(expected: readonly string[], change: () => void): void {
  try {
    change();
  } catch (failed) {
    if (!expected.includes((failed as NodeJS.ErrnoException).code ?? '')) throw failed;
  }
}
