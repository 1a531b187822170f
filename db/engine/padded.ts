/**
 * Pads a list in a query to a power of two by repeating the last one. Each length is its own prepared statement, and
 * the databases cache a limited number.
 */
export function padded<Item>(items: readonly Item[]): Item[] {
  const last = items.at(-1);
  if (last === undefined) return [];
  const length = 2 ** Math.ceil(Math.log2(items.length));
  return [...items, ...Array.from({ length: length - items.length }, () => last)];
}

const GROUP = 256;

/** In groups of bounded length, each padded. */
export const inGroups = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / GROUP) }, (_, n) =>
    padded(items.slice(n * GROUP, (n + 1) * GROUP)),
  );
