import { expect, test } from 'vitest';
import { dayFormat } from './day';

test('a day is that of its time zone, or of UTC for an unknown zone', () => {
  const evening = Date.UTC(2026, 10, 25, 1, 30);
  expect(dayFormat('America/New_York').format(evening)).toBe('2026-11-24');
  expect(dayFormat('Asia/Kathmandu').format(evening)).toBe('2026-11-25');
  expect(dayFormat('<script>').format(evening)).toBe('2026-11-25');
});
