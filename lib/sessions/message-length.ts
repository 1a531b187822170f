/** Counted in code points, so that an emoji is one. */
export const MESSAGE_MAX = 4000;

/** Length as a person counts it: code points, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
