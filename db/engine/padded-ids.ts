/**
 * Ids for `inArray`, the last one repeated until they are a power of two: each length is a statement of its own, and
 * the databases keep what they prepared for only so many.
 */
export function paddedIds(ids: readonly string[]): string[] {
  const last = ids.at(-1);
  if (last === undefined) return [];
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return [...ids, ...Array.from({ length: length - ids.length }, () => last)];
}
