import { expect, test } from 'vitest';
import { quarterOf } from '@/lib/client/time/use-today';
import { groupSessions } from './session-groups';

const session = (lastActivity: string) => ({
  id: lastActivity,
  title: null,
  opening: null,
  lastActivity,
});

const group = (now: string, timeZone: string, ...times: string[]) =>
  groupSessions(times.map(session), { now: Date.parse(now), timeZone }).map(
    ({ name, sessions }) => [name, sessions.map(({ id }) => id)],
  );

test('sessions are grouped by calendar days, not by hours', () => {
  expect(
    group(
      '2026-11-23T00:30:00Z',
      'UTC',
      '2026-11-23T00:10:00Z',
      '2026-11-22T23:50:00Z',
      '2026-11-17T12:00:00Z',
      '2026-11-16T12:00:00Z',
    ),
  ).toEqual([
    ['today', ['2026-11-23T00:10:00Z']],
    ['yesterday', ['2026-11-22T23:50:00Z']],
    ['lastDays', ['2026-11-17T12:00:00Z']],
    ['earlier', ['2026-11-16T12:00:00Z']],
  ]);
});

test('pinned sessions come first, last pinned on top, whatever their activity', () => {
  const pinned = (id: string, lastActivity: string, pinnedAt: string | null) => ({
    ...session(lastActivity),
    id,
    pinnedAt,
  });
  const groups = groupSessions(
    [
      pinned('new', '2026-11-23T12:00:00Z', null),
      pinned('first', '2026-11-23T11:00:00Z', '2026-11-01T00:00:00Z'),
      pinned('second', '2026-01-01T00:00:00Z', '2026-11-02T00:00:00Z'),
    ],
    { now: Date.parse('2026-11-23T13:00:00Z'), timeZone: 'UTC' },
  );
  expect(groups.map(({ name, sessions }) => [name, sessions.map(({ id }) => id)])).toEqual([
    ['pinned', ['second', 'first']],
    ['today', ['new']],
  ]);
});

test("the days are those of the reader's time zone", () => {
  const times = ['2026-11-22T23:50:00Z'];
  expect(group('2026-11-23T00:30:00Z', 'America/New_York', ...times)[0]?.[0]).toBe('today');
  expect(group('2026-11-23T00:30:00Z', 'Europe/Berlin', ...times)[0]?.[0]).toBe('today');
  expect(group('2026-11-23T00:30:00Z', 'UTC', ...times)[0]?.[0]).toBe('yesterday');
});

test.each([
  ['Asia/Kolkata', '+05:30'],
  ['Asia/Kathmandu', '+05:45'],
  ['Australia/Eucla', '+08:45'],
])('in %s the day begins at its own midnight', (timeZone, offset) => {
  const now = new Date(quarterOf(Date.parse(`2026-11-23T00:01:00${offset}`))).toISOString();
  const times = [`2026-11-23T00:00:30${offset}`, `2026-11-22T23:59:00${offset}`];
  expect(group(now, timeZone, ...times)).toEqual([
    ['today', [times[0]]],
    ['yesterday', [times[1]]],
  ]);
});

test('a day of 25 hours is one day', () => {
  const names = group('2026-10-25T23:30:00+01:00', 'Europe/Berlin', '2026-10-25T00:10:00+02:00');
  expect(names[0]?.[0]).toBe('today');
});

test('an unknown time zone counts as UTC', () => {
  expect(group('2026-11-23T12:00:00Z', 'Nowhere/At_all', '2026-11-22T12:00:00Z')[0]?.[0]).toBe(
    'yesterday',
  );
});

test('no sessions give no groups', () => {
  expect(group('2026-11-23T12:00:00Z', 'UTC')).toEqual([]);
});
