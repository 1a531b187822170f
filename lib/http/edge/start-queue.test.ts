import { expect, test } from 'vitest';
import { startQueue } from './start-queue';

/** An startQueue queue whose event loop turns the test runs itself. */
function open(atOnce: number) {
  const later: (() => void)[] = [];
  const begun: number[] = [];
  const arrive = startQueue(atOnce, (run) => later.push(run));
  return {
    begun,
    later,
    arrive: (n: number) => {
      arrive(() => begun.push(n));
    },
    turn: () => {
      for (const run of later.splice(0)) run();
    },
  };
}

test('a single request starts at once, a burst starts in batches and in order', () => {
  const { arrive, begun, turn } = open(2);
  for (const n of [1, 2, 3, 4, 5]) arrive(n);
  expect(begun).toEqual([1, 2]);
  turn();
  expect(begun).toEqual([1, 2, 3, 4]);
  arrive(6);
  turn();
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
});

test('an empty queue schedules nothing', () => {
  const { arrive, later, turn, begun } = open(2);
  arrive(1);
  turn();
  expect(later).toEqual([]);
  arrive(2);
  expect(begun).toEqual([1, 2]);
});
