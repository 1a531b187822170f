import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { belongTo } from './files/belong-to';
import { linkedFile } from './files/linked-file';

/** The files that SQLite creates beside a database, with the database's mode. */
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Makes a database and the files beside it readable only by their owner. An existing file is not opened, because
 * closing it would drop this process's SQLite locks on it. Returns whether there was none.
 */
export function keepPrivate(file: string): boolean {
  const place = linkedFile(file);
  let made = false;
  unless(['EEXIST', 'EACCES', 'EROFS', 'ENOENT', 'EISDIR'], () => {
    closeSync(openSync(place, 'wx', 0o600));
    made = true;
  });
  for (const name of [place, ...BESIDE.map((end) => place + end)])
    unless(['ENOENT', 'EPERM', 'EROFS', 'EACCES'], () => {
      // The path may be a folder by mistake, which must stay unchanged.
      if (statSync(name).isFile()) chmodSync(name, 0o600);
    });
  return made;
}

/** Like `keepPrivate`; a file that root creates gets the owner of `like`, such as the folder. */
export function makeForServer(file: string, like: string): void {
  if (keepPrivate(file)) belongTo(like, linkedFile(file));
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
