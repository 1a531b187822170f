import type { Clock } from '@/lib/ports/clock';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  ticks: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
