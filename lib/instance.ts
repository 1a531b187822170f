import 'server-only';
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

const PLACE = Symbol.for('ask-next.instance');
const shared = globalThis as { [PLACE]?: string };

/** The scope of a process id: containers may share a host name, each with its own PID namespace. */
function machine(): string {
  if (process.platform !== 'linux') return os.hostname();
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const [, namespace = ''] = /\[(\d+)\]/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];
    return `${os.hostname()}.${boot}.${namespace}`;
  } catch {
    // The namespace is unknown, so it must match no other.
    return `${os.hostname()}.${randomUUID()}`;
  }
}

/** A name for this process, unique in a shared store: machine/process id/random UUID/start time of the process. */
export const instanceName = (): string =>
  (shared[PLACE] ??=
    `${machine()}/${String(process.pid)}/${randomUUID()}/${statOf(process.pid)?.startedAt ?? ''}`);

/** True when the named process has certainly ended; always false for other machines. */
export function instanceIsDead(name: string): boolean {
  const own = instanceName();
  // Names of older versions lack the start time.
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
 * State and start time from /proc: `kill` also succeeds for a zombie, and for another process that reuses the id. Null
 * if unreadable. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function statOf(pid: number): { readonly ended: boolean; readonly startedAt: string } | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The program's name, field 2, may contain blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = ''] = fields;
    return { ended: 'ZXx'.includes(state), startedAt: fields[STARTED_AT] ?? '' };
  } catch {
    return null;
  }
}

/** Field 22, counted from field 3. */
const STARTED_AT = 19;
