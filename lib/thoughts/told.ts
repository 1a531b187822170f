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

export type ToldSoFar = ReturnType<typeof toldSoFar>;

/** Tells text and reasoning, remembers both, and takes text back that turns out to be reasoning. */
export function toldSoFar(tell: (told: Told) => void, withReasoning: boolean) {
  const flatten = flattener();
  let text = '';
  let thoughts: Thought[] = [];

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

  return {
    say,
    think,
    ...betweenTags(think, () => thoughts.at(-1)?.at === text.length),
    text: () => text,
    last: () => text.slice(-1),
    isEmpty: () => text === '',
    length: () => positionOf(text.length, thoughts),
    /** Takes back what was told after so much text, and tells its reasoning again. Returns its text. */
    takeBack(length: number): string {
      const taken = text.slice(length);
      const later = thoughts.filter(({ at }) => at > length);
      thoughts = thoughts.filter(({ at }) => at <= length);
      text = text.slice(0, length);
      tell({ kind: 'cut', length: positionOf(length, thoughts) });
      think(later.map((thought) => thought.text).join(''));
      return taken;
    },
    /** The reasoning that was told from a position on turns out to be text. */
    sayInstead(position: number, whole: string) {
      if (withReasoning) tell({ kind: 'cut', length: position });
      thoughts = thoughts.filter(({ at }) => at < text.length);
      say(whole);
    },
  };
}

/** The position that is reached after so much text, with the reasoning before it. */
const positionOf = (length: number, thoughts: readonly Thought[]): number =>
  thoughts.reduce((sum, { text }) => sum + text.length, length);

/** Tells a thought between tags: without blanks at its ends, and apart from a thought right before it. */
function betweenTags(think: (piece: string) => void, followsThought: () => boolean) {
  /** Told when more of the thought follows. */
  let blanks = '';
  let begun = false;
  return {
    thinkOn(piece: string) {
      const all = begun ? blanks + piece : piece.trimStart();
      const body = all.trimEnd();
      blanks = all.slice(body.length);
      if (body === '') return;
      think(!begun && followsThought() ? `\n\n${body}` : body);
      begun = true;
    },
    endThought() {
      begun = false;
      blanks = '';
    },
  };
}

/** Flatten the concatenated string after this many pieces: each costs memory, and flattening copies everything. */
const LOOSE_MAX = 1024;

function flattener(): (rope: string) => void {
  let loose = 0;
  return (rope) => {
    loose += 1;
    // Reading a character makes V8 flatten the rope.
    if (loose % LOOSE_MAX === 0) rope.charCodeAt(0);
  };
}
