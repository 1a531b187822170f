import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The program's path on this machine; null if not installed. */
export function findProgram(name: string): string | null {
  // Debian installs servers in a folder that is not in every user's PATH.
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  const isThere = (file: string) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return folders.map((folder) => path.join(folder, name)).find(isThere) ?? null;
}
