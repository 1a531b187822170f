/** Consecutive items that are drawn, or left out, together. */
export interface Group<Item> {
  readonly index: number;
  readonly items: readonly Item[];
}

/** What stands in a transcript: a group, or the empty place of several. */
export type Row<Item> =
  | { readonly kind: 'group'; readonly group: Group<Item> }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number };

/** Small, so that what is drawn around the window is little. */
const SIZE = 8;

/**
 * Groups are counted from the item with the key `origin`, so that each keeps its items when others come before or after.
 */
export function groupsOf<Item extends { readonly key: string }>(
  items: readonly Item[],
  origin: string | null,
): readonly Group<Item>[] {
  const start = Math.max(
    0,
    items.findIndex(({ key }) => key === origin),
  );
  const groups: Group<Item>[] = [];
  const first = 0 - Math.ceil(start / SIZE);
  for (let index = first; start + index * SIZE < items.length; index += 1) {
    const from = start + index * SIZE;
    groups.push({ index, items: items.slice(Math.max(0, from), from + SIZE) });
  }
  return groups;
}

/** Adjacent groups that are left out share one gap. */
export function rowsOf<Item>(
  groups: readonly Group<Item>[],
  isLeftOut: (index: number) => boolean,
): readonly Row<Item>[] {
  const rows: Row<Item>[] = [];
  for (const group of groups) {
    const last = rows.at(-1);
    if (!isLeftOut(group.index)) rows.push({ kind: 'group', group });
    else if (last?.kind === 'gap') rows[rows.length - 1] = { ...last, to: group.index };
    else rows.push({ kind: 'gap', from: group.index, to: group.index });
  }
  return rows;
}
