import { chownSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Gives a file the account and group of another place. Root does this with what it makes for a database: the server may run
 * as somebody else, who could not open it otherwise.
 */
export function belongTo(place: string, file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(place);
  try {
    chownSync(file, uid, gid);
  } catch (failed) {
    // In a container without the right to do so, root is the server.
    if ((failed as NodeJS.ErrnoException).code !== 'EPERM') throw failed;
  }
}

/** Makes the folder of a database, for its server alone. */
export function makeFolderOf(file: string): void {
  const folder = path.dirname(file);
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const above = path.dirname(first);
  for (let made = folder; made !== above; made = path.dirname(made)) belongTo(above, made);
}
