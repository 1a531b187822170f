import {
  closeSync,
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

/**
 * A database file and the secret beside it are replaced together. Both are prepared in a folder; the folder's new name is
 * the moment from which they count, and who opens the database next finishes the work. A killed process leaves all of the
 * old or all of the new.
 */
const prepared = (file: string) => `${file}-replacing`;
const decided = (file: string) => `${file}-replaced`;

/** The empty folder to prepare the files in; what a killed process left there is deleted. */
export function beginReplacing(file: string): { readonly database: string } {
  rmSync(prepared(file), { recursive: true, force: true });
  mkdirSync(prepared(file), { recursive: true, mode: 0o700 });
  return { database: path.join(prepared(file), 'database') };
}

/** Replaces the file with the prepared one. `secret`: null leaves the one that is there. */
export function replaceFile(file: string, secret: string | null): void {
  const folder = prepared(file);
  if (secret !== null)
    writeFileSync(path.join(folder, 'secret'), secret, { mode: 0o600, flush: true });
  for (const place of [path.join(folder, 'database'), folder]) flush(place);
  renameSync(folder, decided(file));
  flush(path.dirname(file));
  finishReplacing(file);
}

/** Finishes what a killed process began. The caller has locked the database, so no other process uses prepared files. */
export function finishReplacing(file: string): void {
  giveUpReplacing(file);
  const folder = decided(file);
  if (!existsSync(folder)) return;
  const database = path.join(folder, 'database');
  if (existsSync(database)) {
    // Of the old database: all that was in them was written into it before.
    for (const end of ['-wal', '-shm', '-journal']) rmSync(file + end, { force: true });
    move(path.join(folder, 'secret'), secretFileOf(file));
    renameSync(database, file);
    flush(path.dirname(file));
  }
  rmSync(folder, { recursive: true });
}

/** Deletes the prepared file when it will not be used. */
export function giveUpReplacing(file: string): void {
  rmSync(prepared(file), { recursive: true, force: true });
}

function move(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

/** Writes a file, or the names in a folder, to the disk. Windows has no such thing for folders. */
export function flush(place: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(place, 'r');
  fsyncSync(opened);
  closeSync(opened);
}
