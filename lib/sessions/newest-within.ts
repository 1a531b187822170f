/** The newest items of `all` (oldest first): at most `count` and `characters` in total, but at least one. */
export function newestWithin<Item>(
  all: readonly Item[],
  lengthOf: (item: Item) => number,
  most: { readonly count: number; readonly characters: number },
): readonly Item[] {
  let from = all.length;
  let characters = 0;
  while (from > 0 && all.length - from < most.count) {
    const item = all[from - 1];
    characters += item === undefined ? 0 : lengthOf(item);
    if (characters > most.characters && from < all.length) break;
    from -= 1;
  }
  return all.slice(from);
}
