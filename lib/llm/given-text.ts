import { textLog } from '@/lib/chat/text-log';
import { isInCode, openingIn } from './thought-tags';

export type GivenText = ReturnType<typeof givenText>;

/** A text with more closing tags speaks of them. */
const LOOKS_MAX = 20;
const COMPACT_EVERY = 256;

/** The text that was given out, and how much of that was taken back. */
export function givenText() {
  const text = textLog();
  let pieces = 0;
  let looks = 0;
  let cut: number | null = null;

  const add = (piece: string): string => {
    if (piece === '') return '';
    text.append(piece);
    pieces += 1;
    // Many small pieces would stay in memory as long as the reply is written.
    if (pieces % COMPACT_EVERY === 0) text.takeBatch();
    return piece;
  };

  return {
    add,
    last: () => text.since(Math.max(0, text.length() - 1)),
    /** Takes out the thought that ends after `fresh`; answers what that still says; null: no thought ends there. */
    withoutThought(fresh: string, hadThought: boolean): string | null {
      looks += 1;
      if (looks > LOOKS_MAX) return null;
      const before = text.since(0) + fresh;
      const from = openingIn(before) ?? (hadThought ? null : 0);
      if (from === null || isInCode(before)) return null;
      if (from >= text.length()) return add(before.slice(text.length(), from));
      text.cut(from);
      cut = Math.min(cut ?? from, from);
      return '';
    },
    takeCut() {
      const taken = cut;
      cut = null;
      return taken;
    },
  };
}
