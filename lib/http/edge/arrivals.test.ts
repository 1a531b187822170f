import { expect, test } from 'vitest';
import { arrivals } from './arrivals';

/** Turns of the event loop that a test lets go by. */
function open(atOnce: number) {
  const later: (() => void)[] = [];
  const begun: number[] = [];
  const arrive = arrivals(atOnce, (run) => later.push(run));
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

test('who is alone begins at once, a burst begins in parts and in its order', () => {
  const { arrive, begun, turn } = open(2);
  for (const n of [1, 2, 3, 4, 5]) arrive(n);
  expect(begun).toEqual([1, 2]);
  turn();
  expect(begun).toEqual([1, 2, 3, 4]);
  arrive(6);
  turn();
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
});

test('when nobody comes any more nothing is left to do', () => {
  const { arrive, later, turn, begun } = open(2);
  arrive(1);
  turn();
  expect(later).toEqual([]);
  arrive(2);
  expect(begun).toEqual([1, 2]);
});
