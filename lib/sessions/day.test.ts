import { expect, test } from 'vitest';
import { calendarDay, writtenDay } from './day';

const evening = Date.UTC(2026, 10, 25, 1, 30);

test('a day is that of its time zone, or of UTC for an unknown zone', () => {
  const dayOf = (timeZone: string) =>
    new Date(calendarDay(timeZone)(evening) * 86_400_000).toISOString().slice(0, 10);
  expect(dayOf('America/New_York')).toBe('2026-11-24');
  expect(dayOf('Asia/Kathmandu')).toBe('2026-11-25');
  expect(dayOf('<script>')).toBe('2026-11-25');
});

test.each([
  ['UTC', 'today', 'yesterday', 'Nov 23, 2026'],
  ['America/New_York', 'today', 'yesterday', 'Nov 22, 2026'],
  ['<script>', 'today', 'yesterday', 'Nov 23, 2026'],
])('in %s days are %s, %s and %s', (timeZone, ...written) => {
  const day = writtenDay('en', { now: evening, timeZone });
  const before = (hours: number) => day(evening - hours * 3_600_000);
  expect([before(1), before(24), before(48)]).toEqual(written);
  expect(day(evening + 86_400_000), 'a clock that is ahead').toBe('today');
  expect(day(evening - 2 * 3_600_000)).toBe(
    timeZone === 'America/New_York' ? 'today' : 'yesterday',
  );
});
