import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** The files that SQLite creates beside a database, with the database's mode. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Makes a database and the files beside it readable only by their owner. An existing file is not opened, because
 * closing it would drop this process's SQLite locks on it.
 */
export function keepPrivate(file: string): void {
  unless(['EEXIST', 'EACCES', 'EROFS', 'ENOENT', 'EISDIR'], () => {
    closeSync(openSync(file, 'wx', 0o600));
  });
  for (const name of [file, ...BESIDE.map((end) => file + end)])
    unless(['ENOENT', 'EPERM', 'EROFS', 'EACCES'], () => {
      // The path may be a folder by mistake, which must stay unchanged.
      if (statSync(name).isFile()) chmodSync(name, 0o600);
    });
}

/**
 * Ignores expected errors: SQLite reports a faulty file itself, and a file of another account is not ours to change.
 */
function unless(expected: readonly string[], change: () => void): void {
  try {
    change();
  } catch (failed) {
    if (!expected.includes((failed as NodeJS.ErrnoException).code ?? '')) throw failed;
  }
}
