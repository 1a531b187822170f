import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where this machine has the program; null when it has none. */
export function findProgram(name: string): string | null {
  // Debian keeps servers in a folder that is not in everybody's PATH.
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
