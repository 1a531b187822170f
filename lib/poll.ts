import type { Clock } from '@/lib/ports/clock';

/**
 * Runs `job` again and again, never twice at once, each time `wait()` milliseconds later; null: not for now. Call the
 * returned function to begin, and whenever `wait` may say something else: another wait begins anew, the same one goes on.
 * `job` must not throw or reject.
 */
export function poll(
  clock: Pick<Clock, 'after'>,
  wait: () => number | null,
  job: () => Promise<void> | void,
): () => void {
  let busy = false;
  let next: { readonly ms: number; readonly cancel: () => void } | null = null;

  const run = async () => {
    next = null;
    busy = true;
    await job();
    busy = false;
    arrange();
  };

  const arrange = () => {
    if (busy) return;
    const ms = wait();
    if (next?.ms === ms) return;
    next?.cancel();
    next = ms === null ? null : { ms, cancel: clock.after(ms, () => void run()) };
  };

  return arrange;
}
