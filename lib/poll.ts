import type { Clock } from '@/lib/ports/clock';

/**
 * Runs `job` repeatedly, never concurrently, `wait()` milliseconds after the last run; null pauses. Returns
 * `reschedule`: call it to start, and when `wait()` may have changed. It restarts the timer only if the wait differs.
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
