import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { keepPrivate } from '@/db/engine/private-file';

/**
 * Copies a consistent snapshot of a database file, while others write to it. Not by SQLite's backup API, which starts over
 * with each write of another process; and so the copy has no free pages with deleted texts.
 */
export function copyFile(from: string, to: string): void {
  const connection = opened(from);
  try {
    rmSync(to, { force: true });
    keepPrivate(to);
    connection.prepare('VACUUM INTO ?').run(to);
  } catch (thrown) {
    throw isCannotOpen(thrown)
      ? new Error(`${to} cannot be written: is there such a folder, and may you write to it?`, {
          cause: thrown,
        })
      : withSentence(thrown, from);
  } finally {
    connection.close();
  }
}

function opened(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { readonly: true, fileMustExist: true });
  } catch (thrown) {
    throw withSentence(thrown, file);
  }
}

/** The driver has no code for a folder that is not there. */
const isCannotOpen = (thrown: unknown): boolean =>
  codeOf(thrown).startsWith('SQLITE_CANTOPEN') || thrown instanceof TypeError;

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';

function withSentence(thrown: unknown, file: string): unknown {
  const code = codeOf(thrown);
  if (isCannotOpen(thrown))
    return new Error(`${file} cannot be opened: is there such a file, and may you read it?`, {
      cause: thrown,
    });
  if (code === 'SQLITE_NOTADB')
    return new Error(`${file} is not a backup of Ask-Next, or it is damaged`, { cause: thrown });
  if (code.startsWith('SQLITE_CORRUPT')) return new Error(`${file} is damaged`, { cause: thrown });
  return thrown;
}
