import 'server-only';
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

const PLACE = Symbol.for('ask-next.instance');
const shared = globalThis as { [PLACE]?: string };

/** Where a process id means one process. Containers may share a host name, each with process ids of its own. */
function machine(): string {
  if (process.platform !== 'linux') return os.hostname();
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const [, namespace = ''] = /\[(\d+)\]/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];
    return `${os.hostname()}.${boot}.${namespace}`;
  } catch {
    // It cannot be told from others, so it is like none of them.
    return `${os.hostname()}.${randomUUID()}`;
  }
}

/** Names this process among all that share a store: machine, process id, a random part, and when the process began. */
export const instanceName = (): string =>
  (shared[PLACE] ??=
    `${machine()}/${String(process.pid)}/${randomUUID()}/${statOf(process.pid)?.startedAt ?? ''}`);

/** True when the process with that name is certainly gone; of other machines nothing is certain. */
export function instanceIsDead(name: string): boolean {
  const own = instanceName();
  // Names of older versions do not say when the process began.
  const [place, pid, , startedAt = ''] = name.split('/');
  if (name === own || !own.startsWith(`${place ?? ''}/`)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (failed) {
    return (failed as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const stat = statOf(Number(pid));
  if (!stat) return false;
  return stat.ended || (startedAt !== '' && startedAt !== stat.startedAt);
}

/**
 * What Linux says of a process: `kill` still reaches one whose parent has not asked how it ended, and one that another
 * program took the id of. Null where it cannot be read. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function statOf(pid: number): { readonly ended: boolean; readonly startedAt: string } | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The name of the program, field 2, may hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = ''] = fields;
    return { ended: 'ZXx'.includes(state), startedAt: fields[STARTED_AT] ?? '' };
  } catch {
    return null;
  }
}

/** Field 22, counted from field 3. */
const STARTED_AT = 19;
