import type { Clock } from './clock';

/**
 * Runs `job` again and again, never twice at once, each time `wait()` milliseconds later; null: not for now. Call the
 * answer to begin, and whenever `wait` may say something else. `job` never rejects.
 */
export function paced(
  clock: Pick<Clock, 'after'>,
  wait: () => number | null,
  job: () => Promise<void>,
): () => void {
  let busy = false;
  let cancel: (() => void) | null = null;

  const run = async () => {
    busy = true;
    await job();
    busy = false;
    arrange();
  };

  const arrange = () => {
    cancel?.();
    const ms = busy ? null : wait();
    cancel = ms === null ? null : clock.after(ms, () => void run());
  };

  return arrange;
}
