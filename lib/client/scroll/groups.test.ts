import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Groups, groupsOf, noGroups, rowsOf } from './groups';

interface Item {
  readonly key: string;
}
const items = (from: number, to: number): Item[] =>
  Array.from({ length: to - from }, (_, at) => ({ key: String(from + at) }));
const never = () => false;
const shape = ({ list }: Groups<Item>) =>
  list.map(({ id, items: some }) => [id, some[0]?.key, some.length]);
/** The group of each item. */
const homes = ({ list }: Groups<Item>) =>
  new Map(list.flatMap(({ id, items: some }) => some.map(({ key }) => [key, id] as const)));

test('new items fill the last group, and earlier ones open groups of their own', () => {
  const first = groupsOf(items(0, 20), noGroups, never);
  expect(shape(first)).toEqual([
    [0, '0', 8],
    [1, '8', 8],
    [2, '16', 4],
  ]);
  expect(shape(groupsOf(items(-10, 25), first, never))).toEqual([
    [3, '-10', 8],
    [4, '-2', 2],
    [0, '0', 8],
    [1, '8', 8],
    [2, '16', 8],
    [5, '24', 1],
  ]);
  expect(groupsOf([], noGroups, never).list).toEqual([]);
});

test('an item that opens a group begins one, unless others of the group before follow it', () => {
  const opens = ({ key }: Item) => key === '3' || key === '6';
  const first = groupsOf(items(0, 3), noGroups, opens);
  const sent = groupsOf(items(0, 6), first, opens);
  expect(shape(sent)).toEqual([
    [0, '0', 3],
    [1, '3', 3],
  ]);
  expect(shape(groupsOf(items(0, 8), sent, opens))).toEqual([
    [0, '0', 3],
    [1, '3', 3],
    [2, '6', 2],
  ]);
  const between = [...items(0, 2), ...items(6, 7), ...items(2, 3)];
  expect(shape(groupsOf(between, first, opens))).toEqual([[0, '0', 4]]);
});

const change = fc.record({
  at: fc.nat(40),
  removed: fc.nat(12),
  added: fc.nat(12),
});

test('what stays, stays in its group, whatever comes and goes', () => {
  fc.assert(
    fc.property(
      fc.nat(40),
      fc.array(change, { maxLength: 6 }),
      fc.nat(60),
      (count, changes, sent) => {
        const opens = (item: Item) => item.key === String(sent);
        let groups = groupsOf(items(0, count), noGroups, opens);
        let key = count;
        for (const { at, removed, added } of changes) {
          const next = groups.items.toSpliced(at, removed, ...items(key, key + added));
          key += added;
          const before = homes(groups);
          groups = groupsOf(next, groups, opens);
          const after = homes(groups);
          const kept = next.filter((item) => before.has(item.key));
          expect(kept.map((item) => after.get(item.key))).toEqual(
            kept.map((item) => before.get(item.key)),
          );
          expect(groups.list.flatMap((group) => group.items)).toEqual(next);
          expect(new Set(groups.list.map(({ id }) => id)).size).toBe(groups.list.length);
        }
      },
    ),
  );
});

test('what changes its place is in one group only', () => {
  const first = groupsOf(items(0, 20), noGroups, never);
  const moved = groupsOf(first.items.toReversed(), first, never);
  expect(moved.list.flatMap((group) => group.items)).toEqual(moved.items);
  expect(new Set(moved.list.map(({ id }) => id)).size).toBe(moved.list.length);
});

test('adjacent groups that are left out are one gap', () => {
  const { list } = groupsOf(items(0, 40), noGroups, never);
  const rows = rowsOf(list, (id) => [0, 1, 3].includes(id));
  expect(rows.map((row) => (row.kind === 'gap' ? row.ids : row.group.id))).toEqual([
    [0, 1],
    2,
    [3],
    4,
  ]);
});
