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

/** Names this process among all that share a store: machine, process id, and a random part that no later process has. */
export const instanceName = (): string =>
  (shared[PLACE] ??= `${machine()}/${String(process.pid)}/${randomUUID()}`);

/** True when the process with that name is certainly gone; of other machines nothing is certain. */
export function instanceIsDead(name: string): boolean {
  const own = instanceName();
  const [place, pid] = name.split('/');
  if (name === own || !own.startsWith(`${place ?? ''}/`)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (failed) {
    return (failed as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
