/** Length in Unicode code points: most emoji count as one, not two as in UTF-16. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
