/**
 * At most `max` UTF-16 units, cut at the end of a line. A single longer line is cut without splitting a surrogate pair.
 */
export function truncateAtLine(text: string, max: number): string {
  if (text.length <= max) return text;
  const lineEnd = text.lastIndexOf('\n', max);
  if (lineEnd > 0) return text.slice(0, lineEnd).trimEnd();
  const splitsPair = max > 0 && /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, splitsPair ? max - 1 : max);
}
