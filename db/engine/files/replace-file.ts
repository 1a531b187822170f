import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { secretFileOf } from '@/lib/env/database';
import { belongTo } from './belong-to';
import { linkedFile } from './linked-file';

/**
 * A database file and the secret beside it are replaced together. Both are prepared in a folder; the folder's new name is
 * the moment from which they count, and who opens the database next finishes the work. A killed process leaves all of the
 * old or all of the new. A symbolic link stays: what it leads to is replaced.
 */
const prepared = (file: string) => `${linkedFile(file)}-replacing`;
const decided = (file: string) => `${linkedFile(file)}-replaced`;

/** The empty folder to prepare the files in; what a killed process left there is deleted. */
export function beginReplacing(file: string): { readonly database: string } {
  rmSync(prepared(file), { recursive: true, force: true });
  mkdirSync(prepared(file), { recursive: true, mode: 0o700 });
  return { database: path.join(prepared(file), 'database') };
}

/** Replaces the file with the prepared one. `secret`: null leaves the one that is there. */
export function replaceFile(file: string, secret: string | null): void {
  const folder = prepared(file);
  const like = existsSync(file) ? file : path.dirname(file);
  const [database, beside] = [path.join(folder, 'database'), path.join(folder, 'secret')];
  belongTo(like, database);
  if (secret !== null) {
    writeFileSync(beside, secret, { mode: 0o600, flush: true });
    belongTo(like, beside);
  }
  // After a crash the server finishes the replacement, as its own account.
  belongTo(like, folder);
  for (const place of [database, folder]) flush(place);
  renameSync(folder, decided(file));
  flush(path.dirname(folder));
  finishReplacing(file);
}

/** Finishes what a killed process began. The caller has locked the database, so no other process uses prepared files. */
export function finishReplacing(file: string): void {
  giveUpReplacing(file);
  const folder = decided(file);
  if (!existsSync(folder)) return;
  const database = path.join(folder, 'database');
  if (existsSync(database)) {
    const place = linkedFile(file);
    // Of the old database: all that was in them was written into it before.
    for (const end of ['-wal', '-shm', '-journal']) rmSync(place + end, { force: true });
    move(path.join(folder, 'secret'), linkedFile(secretFileOf(file)));
    renameSync(database, place);
    flush(path.dirname(place));
  }
  rmSync(folder, { recursive: true });
}

/** Deletes the prepared file when it will not be used. */
export function giveUpReplacing(file: string): void {
  rmSync(prepared(file), { recursive: true, force: true });
}

/** To another disk by a copy beside the target, so that a killed process leaves the old file or the new one. */
function move(from: string, to: string): void {
  if (!existsSync(from)) return;
  try {
    renameSync(from, to);
  } catch (failed) {
    if ((failed as NodeJS.ErrnoException).code !== 'EXDEV') throw failed;
    const draft = `${to}.new`;
    copyFileSync(from, draft);
    belongTo(from, draft);
    flush(draft);
    renameSync(draft, to);
    rmSync(from);
  }
}

/** Writes a file, or the names in a folder, to the disk. Windows has no such thing for folders. */
export function flush(place: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(place, 'r');
  fsyncSync(opened);
  closeSync(opened);
}
