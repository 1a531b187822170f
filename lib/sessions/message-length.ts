/** Length as a person counts it: an emoji is one, and not two as in UTF-16. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
