import { access, constants, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Env } from '@/lib/env';
import { secretFileOf } from '@/lib/env/database';
import { causesOf } from '@/lib/errors';
import { finder, type Finding } from './finding';

const { ok, warning, problem } = finder('disk');

const MEGABYTE = 1024 * 1024;
const PROBLEM_MB = 100;
const WARNING_MB = 1000;

/** The folder of an SQLite database. */
export async function checkDisk({ DATABASE }: Env): Promise<Finding[]> {
  if (DATABASE.dialect !== 'sqlite') return [];
  const folder = await existing(path.dirname(DATABASE.file));
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const modes = await Promise.all(
      [DATABASE.file, secretFileOf(DATABASE.file)].map((file) => modeFindings(file)),
    );
    return [spaceFinding(folder, (bavail * bsize) / MEGABYTE), ...modes.flat()];
  } catch (thrown) {
    return [problem(`${folder} cannot be written by this user: ${causesOf(thrown)}`)];
  }
}

/** The nearest folder that is there: the server makes the others. */
async function existing(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch {
    return folder === path.dirname(folder) ? folder : existing(path.dirname(folder));
  }
}

export function spaceFinding(folder: string, megabytes: number): Finding {
  const says = `${folder} has ${String(Math.floor(megabytes))} MB left`;
  if (megabytes < PROBLEM_MB) return problem(`${says}: a full disk stops every reply.`);
  return megabytes < WARNING_MB ? warning(`${says}.`) : ok(`${says}.`);
}

async function modeFindings(file: string): Promise<Finding[]> {
  if (process.platform === 'win32') return [];
  const { mode } = await stat(file).catch(() => ({ mode: 0 }));
  const isOpen = (mode & 0o077) !== 0;
  return isOpen
    ? [warning(`Others may read ${file}: chmod 600 it, as the server's start does.`)]
    : [];
}
