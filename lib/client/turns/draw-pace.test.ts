import { expect, test } from 'vitest';
import { drawPace } from './draw-pace';

const FRAME_MS = 16;

/** A browser in which each drawing takes `cost` milliseconds; answers when each began. */
function drawn(costs: readonly number[], until: number, isHidden = false): number[] {
  let clock = 0;
  const tasks: { readonly at: number; readonly go: () => void }[] = [];
  const after = (ms: number, go: () => void) => {
    tasks.push({ at: clock + ms, go });
  };
  const pace = drawPace({
    isHidden: () => isHidden,
    now: () => clock,
    frame: (draw) => {
      after(FRAME_MS - (clock % FRAME_MS), draw);
    },
    after,
  });
  const began: number[] = [];
  const draw = () => {
    began.push(clock);
    clock += costs[Math.min(began.length, costs.length) - 1] ?? 0;
    pace(draw);
  };
  pace(draw);
  while (clock < until) {
    const next = tasks.reduce((first, task) => (task.at < first.at ? task : first));
    tasks.splice(tasks.indexOf(next), 1);
    clock = Math.max(clock, next.at);
    next.go();
  }
  return began;
}

test('a cheap drawing comes with each frame', () => {
  expect(drawn([5], 100)).toEqual([16, 32, 48, 64, 80, 96]);
});

test('a drawing that is dear by chance delays nothing', () => {
  const began = drawn([5, 50, 5], 200);
  expect(began.slice(0, 4)).toEqual([16, 32, 96, 112]);
});

test('dear drawings leave nineteen of twenty frames to the page, and none waits for long', () => {
  const share = (cost: number) => (drawn([cost], 10_000).length * cost) / 10_000;
  expect(share(30)).toBeLessThan(0.055);
  expect(drawn([1_000], 10_000).length).toBeGreaterThan(4);
});

test('a hidden tab draws without frames', () => {
  expect(drawn([5], 600, true)).toEqual([250, 505, 760]);
});
