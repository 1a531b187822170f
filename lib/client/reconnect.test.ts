import { expect, test } from 'vitest';
import { reconnectPause } from './reconnect';

test('pauses grow and then end', () => {
  const pauses = Array.from({ length: 10 }, (_, attempt) => reconnectPause(attempt, () => 1) ?? 0);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses[0]).toBeLessThan(500);
  expect(reconnectPause(10, () => 1)).toBeNull();
});

test('a pause is jittered by half at most', () => {
  expect(reconnectPause(2, () => 0)).toBe(1000);
  expect(reconnectPause(2, () => 1)).toBe(2000);
});
