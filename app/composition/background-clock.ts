import 'server-only';
import { systemClock as clock } from '@/lib/system-clock';

/** What waits by it does not keep the process alive. */
export const backgroundClock = {
  now: () => clock.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
