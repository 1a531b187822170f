import { readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The file that a path leads to through symbolic links, also where there is none yet. SQLite writes through links, so
 * what is done beside the database, or in its place, must be done there.
 */
export function linkedFile(file: string): string {
  try {
    return realpathSync(file);
  } catch (failed) {
    const link = (failed as NodeJS.ErrnoException).code === 'ENOENT' ? targetOf(file) : null;
    return link === null ? file : linkedFile(link);
  }
}

function targetOf(file: string): string | null {
  try {
    return path.resolve(path.dirname(file), readlinkSync(file));
  } catch {
    return null;
  }
}
