import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@/lib/ports/clock';

const STEP_MS = 50;

/** A fake clock that the test advances. `waiting`: the number of pending timers. */
export interface ManualClock extends Clock {
  pass(ms: number): Promise<void>;
  waiting(): number;
}

export function manualClock(): ManualClock {
  let ticks = 0;
  let timers: { readonly due: number; readonly run: () => void }[] = [];

  const settle = async () => {
    for (let round = 0; round < 4; round += 1) await setImmediate();
  };
  const fire = () => {
    const due = timers.filter((timer) => timer.due <= ticks).toSorted((a, b) => a.due - b.due);
    for (const timer of due) {
      // An earlier timer may have cancelled it.
      if (!timers.includes(timer)) continue;
      timers = timers.filter((other) => other !== timer);
      timer.run();
    }
  };

  return {
    now: () => new Date(Date.UTC(2026, 0, 1) + ticks),
    ticks: () => ticks,
    waiting: () => timers.length,
    after(ms, run) {
      const timer = { due: ticks + ms, run };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    async pass(ms) {
      const end = ticks + ms;
      await settle();
      while (ticks < end) {
        ticks = Math.min(end, ticks + STEP_MS);
        fire();
        await settle();
      }
    },
  };
}
