import { expect, test } from 'vitest';
import { groupsOf, rowsOf } from './groups';

const items = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ key: String(from + at) }));
const shape = (all: ReturnType<typeof groupsOf>) =>
  all.map(({ index, items: some }) => [index, some[0]?.key, some.length]);

test('a group keeps its items when others come before and after', () => {
  expect(shape(groupsOf(items(0, 20), '0'))).toEqual([
    [0, '0', 8],
    [1, '8', 8],
    [2, '16', 4],
  ]);
  expect(shape(groupsOf(items(-10, 22), '0'))).toEqual([
    [-2, '-10', 2],
    [-1, '-8', 8],
    [0, '0', 8],
    [1, '8', 8],
    [2, '16', 6],
  ]);
  expect(groupsOf([], '0')).toEqual([]);
});

test('adjacent groups that are left out are one gap', () => {
  const groups = groupsOf(items(0, 40), '0');
  const rows = rowsOf(groups, (index) => [0, 1, 3].includes(index));
  expect(
    rows.map((row) => (row.kind === 'gap' ? `${row.from} to ${row.to}` : row.group.index)),
  ).toEqual(['0 to 1', 2, '3 to 3', 4]);
});
