import { expect, test } from 'vitest';
import { usageQuery } from './usage-query';

const query = usageQuery(new Date('2026-03-15T23:59:59Z'));

test.each(['-271821-05', '+275760-09', '1969-12-31', '2026-02-30', '2026-1-1'])(
  'the day %s is none',
  (to) => {
    expect(usageQuery(new Date('2026-03-15T12:00:00Z')).safeParse({ to }).success).toBe(false);
  },
);

test('without dates it is the last thirty days', () => {
  expect(query.parse({})).toEqual({
    from: '2026-02-14',
    to: '2026-03-15',
    by: 'day',
    whose: 'mine',
    format: 'json',
  });
  expect(query.parse({ to: '2026-01-31' })).toMatchObject({ from: '2026-01-02' });
  expect(query.parse({ from: '2024-01-31', to: '2026-03-15' })).toMatchObject({
    from: '2024-01-31',
  });
});

test.each([
  [{ from: '2026-3-1' }, 'from'],
  [{ from: '2026-02-30' }, 'from'],
  [{ to: '2026-03-15T00:00:00Z' }, 'to'],
  [{ from: '2026-03-16' }, 'from'],
  [{ from: '2023-12-31', to: '2026-03-15' }, 'from'],
  [{ by: 'hour' }, 'by'],
  [{ whose: 'ada' }, 'whose'],
  [{ format: 'xlsx' }, 'format'],
])('%j is refused, and %s is named', (wrong, field) => {
  const { error } = query.safeParse(wrong);
  expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
});
