import { isWritten, lengthOf, type Entry } from './entry';

/**
 * How to retract what was written beyond the first `length` units of text and reasoning in these entries, the first of
 * which is at `from`: where to cut, and which atomic entries to append again, since those were not retracted.
 */
export function retract(
  entries: readonly Entry[],
  from: number,
  length: number,
): { readonly position: number; readonly again: readonly Entry[] } {
  let left = length;
  let position = from;
  for (const [index, entry] of entries.entries()) {
    const long = lengthOf(entry);
    if (isWritten(entry.kind)) {
      if (long > left) {
        const again = entries.slice(index).filter(({ kind }) => !isWritten(kind));
        return { position: position + left, again };
      }
      left -= long;
    }
    position += long;
  }
  return { position, again: [] };
}
