import 'server-only';
import { randomUUID } from 'node:crypto';
import os from 'node:os';

const PLACE = Symbol.for('ask-next.instance');
const shared = globalThis as { [PLACE]?: string };

/** Names this process among all that share a store: host, process id, and a random part that no later process has. */
export const instanceName = (): string =>
  (shared[PLACE] ??= `${os.hostname()}/${String(process.pid)}/${randomUUID()}`);

/** True when the process with that name is certainly gone; of other machines nothing is certain. */
export function instanceIsDead(name: string): boolean {
  const [host, pid] = name.split('/');
  if (name === instanceName() || host !== os.hostname()) return false;
  // A container's new process often has the process id of the one before it.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (failed) {
    return (failed as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
