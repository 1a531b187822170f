import type { Clock } from '@/lib/ports/clock';

/** Tracks running tasks. */
export interface TaskGroup {
  add<T>(work: Promise<T>): Promise<T>;
  /** Waits for all tasks, including those added meanwhile, but at most `ms` milliseconds. */
  done(ms: number): Promise<void>;
}

export function taskGroup(clock: Pick<Clock, 'after'>): TaskGroup {
  const all = new Set<Promise<unknown>>();
  const ended = async () => {
    while (all.size > 0) await Promise.allSettled(all);
  };
  return {
    add(work) {
      const settled: Promise<unknown> = work.then(
        () => all.delete(settled),
        () => all.delete(settled),
      );
      all.add(settled);
      return work;
    },
    done: (ms) =>
      new Promise((resolve) => {
        const cancel = clock.after(ms, resolve);
        void ended().then(() => {
          cancel();
          resolve();
        });
      }),
  };
}
