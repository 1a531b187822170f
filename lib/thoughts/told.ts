import { isInCode, openingIn, tagThatOpens } from './thought-tags';

/** What comes of an answer, in order. */
export type Told =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** What was told beyond `length`, of both kinds, is taken back; what follows is in its place. */
  | { readonly kind: 'cut'; readonly length: number };

/** Reasoning that was told after `at` units of text. */
interface Thought {
  readonly at: number;
  text: string;
}

/** Text with more closing tags is about tags, not reasoning. */
const LOOKS_MAX = 20;
/** Flatten the concatenated string after this many pieces: each costs memory, and flattening copies everything. */
const LOOSE_MAX = 1024;

export type ToldSoFar = ReturnType<typeof toldSoFar>;

/** Tells text and reasoning, remembers both, and takes text back that turns out to be reasoning. */
export function toldSoFar(tell: (told: Told) => void, withReasoning: boolean) {
  let text = '';
  let loose = 0;
  let looks = 0;
  let thoughts: Thought[] = [];
  /** Blanks within a thought, told when more of it follows. */
  let blanks = '';
  let begun = false;

  const flatten = (rope: string) => {
    loose += 1;
    // Reading a character makes V8 flatten the rope.
    if (loose % LOOSE_MAX === 0) rope.charCodeAt(0);
  };

  const say = (piece: string) => {
    if (piece === '') return;
    text += piece;
    flatten(text);
    tell({ kind: 'text', text: piece });
  };

  /** As it is. */
  const think = (piece: string) => {
    if (piece === '' || !withReasoning) return;
    const last = thoughts.at(-1);
    if (last?.at === text.length) last.text += piece;
    else thoughts.push({ at: text.length, text: piece });
    flatten(thoughts.at(-1)?.text ?? '');
    tell({ kind: 'reasoning', text: piece });
  };

  /** Between tags: without blanks at its ends, and apart from the thought before it. */
  const thinkOn = (piece: string) => {
    const all = begun ? blanks + piece : piece.trimStart();
    const body = all.trimEnd();
    blanks = all.slice(body.length);
    if (body === '') return;
    const isNext = !begun && thoughts.at(-1)?.at === text.length;
    begun = true;
    think(isNext ? `\n\n${body}` : body);
  };

  const endThought = () => {
    begun = false;
    blanks = '';
  };

  /** The position that is reached after so much text, with the reasoning before it. */
  const positionAt = (length: number): number =>
    thoughts.reduce(
      (sum, thought) => (thought.at > length ? sum : sum + thought.text.length),
      length,
    );

  /** Takes back what was told after so much text, and tells its reasoning again. Returns its text. */
  const takeBack = (length: number): string => {
    const taken = text.slice(length);
    const later = thoughts.filter(({ at }) => at > length).map((thought) => thought.text);
    const position = positionAt(length);
    thoughts = thoughts.filter(({ at }) => at <= length);
    text = text.slice(0, length);
    tell({ kind: 'cut', length: position });
    think(later.join(''));
    return taken;
  };

  return {
    say,
    think,
    thinkOn,
    endThought,
    length: () => positionAt(text.length),
    /** Reasoning that is told turns out to be text. */
    sayInstead(position: number, whole: string) {
      if (withReasoning) tell({ kind: 'cut', length: position });
      thoughts = thoughts.filter(({ at }) => at < text.length);
      endThought();
      say(whole);
    },
    last: () => text.slice(-1),
    isEmpty: () => text === '',
    /** Tells as reasoning the thought that ends after `fresh`. False: no thought ends there, and nothing was told. */
    takeOutThought(fresh: string, hadThought: boolean): boolean {
      looks += 1;
      if (looks > LOOKS_MAX) return false;
      const before = text + fresh;
      const from = openingIn(before) ?? (hadThought ? null : 0);
      if (from === null || isInCode(before)) return false;
      if (from >= text.length) {
        const thought = before.slice(from);
        say(before.slice(text.length, from));
        thinkOn(withoutTag(thought));
      } else thinkOn(withoutTag(takeBack(from) + fresh));
      endThought();
      return true;
    },
  };
}

function withoutTag(thought: string): string {
  const head = thought.trimStart();
  const tag = tagThatOpens(head);
  return tag ? head.slice(tag.open.length) : thought;
}
