import { expect, test } from 'vitest';
import { costOf, FREE } from './price';

const price = { input: 1_250_000, output: 10_000_000 };

test('a cost is whole micros, rounded up', () => {
  expect(costOf({ input: 1_000_000, output: 1_000_000 }, price)).toBe(11_250_000);
  expect(costOf({ input: 1, output: 0 }, price)).toBe(2);
  expect(costOf({ input: 0, output: 0 }, price)).toBe(0);
  // 3 micros of 9e15: beyond what a double holds exactly on the way.
  expect(costOf({ input: 999_999_999, output: 1 }, { input: 9_000_000_000, output: 1 })).toBe(
    8_999_999_991_001,
  );
});

test('without a price the cost is unknown; a price of 0 is one', () => {
  expect(costOf({ input: 5, output: 5 }, null)).toBeNull();
  expect(costOf({ input: 5, output: 5 }, FREE)).toBe(0);
});
