/** Consecutive items that are drawn, or left out, together. */
export interface Group<Item> {
  readonly id: number;
  readonly items: readonly Item[];
}

/** The groups of a transcript, in order. An id is never used again. */
export interface Groups<Item> {
  readonly items: readonly Item[];
  readonly list: readonly Group<Item>[];
  /** The id of the next new group. */
  readonly nextId: number;
}

/** What stands in a transcript: a group, or the empty place of several. */
export type Row<Item> =
  | { readonly kind: 'group'; readonly group: Group<Item> }
  | { readonly kind: 'gap'; readonly ids: readonly number[] };

/** Small, so that what is drawn around the window is little. */
const SIZE = 8;

export const noGroups = { items: [], list: [], nextId: 0 } as const;

/**
 * Each item stays in its group when others come or go, since React would draw it again in another one. New items fill
 * the group before them, then open groups of their own; an item that `opens` one does so at once.
 */
export function groupsOf<Item extends { readonly key: string }>(
  items: readonly Item[],
  before: Groups<Item>,
  opens: (item: Item) => boolean,
): Groups<Item> {
  const places = new Map(
    before.list.flatMap((group, place) => group.items.map(({ key }) => [key, place] as const)),
  );
  const placeOf = ({ key }: Item) => places.get(key) ?? -1;
  /** Where the last item of each of the groups before is now. */
  const ends = new Map(items.map((item, at) => [placeOf(item), at] as const));
  ends.delete(-1);
  const list: { readonly id: number; readonly items: Item[] }[] = [];
  let { nextId } = before;
  /** The last of the groups before that is in the list. */
  let reached = -1;
  const open = (id: number) => {
    const group = { id, items: [] };
    list.push(group);
    return group;
  };
  items.forEach((item, at) => {
    const place = placeOf(item);
    const old = before.list[place];
    let group: { readonly items: Item[] } | undefined = list.at(-1);
    if (old && place > reached) {
      reached = place;
      group = open(old.id);
    } else if (!group || ((isFull(group) || opens(item)) && at > (ends.get(reached) ?? -1))) {
      group = open(nextId);
      nextId += 1;
    }
    group.items.push(item);
  });
  return { items, list, nextId };
}

const isFull = ({ items }: { readonly items: readonly unknown[] }) => items.length >= SIZE;

/** Adjacent groups that are left out share one gap. */
export function rowsOf<Item>(
  groups: readonly Group<Item>[],
  isLeftOut: (id: number) => boolean,
): readonly Row<Item>[] {
  const rows: Row<Item>[] = [];
  for (const group of groups) {
    const last = rows.at(-1);
    if (!isLeftOut(group.id)) rows.push({ kind: 'group', group });
    else if (last?.kind === 'gap')
      rows[rows.length - 1] = { ...last, ids: [...last.ids, group.id] };
    else rows.push({ kind: 'gap', ids: [group.id] });
  }
  return rows;
}
