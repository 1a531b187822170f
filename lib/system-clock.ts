import type { Clock } from '@/lib/ports/clock';

/** The real clock. */
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
