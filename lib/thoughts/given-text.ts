import { isInCode, openingIn } from './thought-tags';

export type GivenText = ReturnType<typeof givenText>;

/** Text with more closing tags is about tags, not reasoning. */
const LOOKS_MAX = 20;
/** Flatten the concatenated string after this many pieces: each costs memory, and flattening copies everything. */
const LOOSE_MAX = 1024;

/** The text that was emitted, and how far it was retracted. */
export function givenText() {
  let text = '';
  let loose = 0;
  let looks = 0;
  let cut: number | null = null;

  const add = (piece: string): string => {
    text += piece;
    loose += 1;
    // Reading a character makes V8 flatten the rope.
    if (loose % LOOSE_MAX === 0) text.charCodeAt(0);
    return piece;
  };

  return {
    add,
    last: () => text.slice(-1),
    isEmpty: () => text === '',
    /** Takes out the thought that ends after `fresh`; answers what that still says; null: no thought ends there. */
    withoutThought(fresh: string, hadThought: boolean): string | null {
      looks += 1;
      if (looks > LOOKS_MAX) return null;
      const before = text + fresh;
      const from = openingIn(before) ?? (hadThought ? null : 0);
      if (from === null || isInCode(before)) return null;
      if (from >= text.length) return add(before.slice(text.length, from));
      text = text.slice(0, from);
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
