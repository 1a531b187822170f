/**
 * Pads ids for `inArray` to a power of two by repeating the last one. Each length is its own prepared statement, and
 * the databases cache a limited number.
 */
export function paddedIds<Id extends string | number>(ids: readonly Id[]): Id[] {
  const last = ids.at(-1);
  if (last === undefined) return [];
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return [...ids, ...Array.from({ length: length - ids.length }, () => last)];
}
