import { expect, test } from 'vitest';
import { allOrNothing, clicked, NOTHING, type Selection } from './selection';

const shown = ['a', 'b', 'c', 'd', 'e'];
const ids = ({ ids: selected }: Selection) => [...selected].toSorted().join('');

test('a click selects a row and takes it back', () => {
  const one = clicked(NOTHING, shown, 'b', false);
  expect(ids(one)).toBe('b');
  expect(ids(clicked(one, shown, 'b', false))).toBe('');
});

test('a range goes from the last clicked row on, in both directions', () => {
  const down = clicked(clicked(NOTHING, shown, 'b', false), shown, 'd', true);
  expect(ids(down)).toBe('bcd');
  const up = clicked(down, shown, 'a', true);
  expect(ids(up)).toBe('abcd');
  expect(ids(clicked(up, shown, 'c', true)), 'takes back like its end').toBe('d');
});

test('a range from a row that is gone, or from none, is one row', () => {
  expect(ids(clicked(NOTHING, shown, 'd', true))).toBe('d');
  expect(ids(clicked({ ids: new Set(['x']), anchor: 'x' }, shown, 'd', true))).toBe('dx');
});

test('all shown rows are selected at once, and then none', () => {
  const all = allOrNothing(['a'], shown);
  expect(ids(all)).toBe('abcde');
  expect(allOrNothing([...all.ids], shown)).toBe(NOTHING);
});
