import { expect, test } from 'vitest';
import { backoffMs } from './backoff';

test('the backoff grows to 15 seconds and stays there', () => {
  const pauses = Array.from({ length: 20 }, (_, attempt) => backoffMs(attempt, () => 1));
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses[0]).toBeLessThan(500);
  expect(backoffMs(1000, () => 1)).toBe(15_000);
});

test('jitter shortens a pause by at most half', () => {
  expect(backoffMs(2, () => 0)).toBe(1000);
  expect(backoffMs(2, () => 1)).toBe(2000);
});
