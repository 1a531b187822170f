/** An event of the filtered answer, in order. */
export type FilterEvent =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** Retracts what was emitted beyond `length`, of both kinds. The next events replace it. */
  | { readonly kind: 'cut'; readonly length: number };

/** Reasoning that was emitted after `at` units of text. */
interface Thought {
  readonly at: number;
  text: string;
}

export type FilterOutput = ReturnType<typeof filterOutput>;

/** Emits text and reasoning, remembers both, and retracts text that turns out to be reasoning. */
export function filterOutput(emit: (event: FilterEvent) => void, withReasoning: boolean) {
  const flatten = flattener();
  let text = '';
  let thoughts: Thought[] = [];

  const addText = (piece: string) => {
    if (piece === '') return;
    text += piece;
    flatten(text);
    emit({ kind: 'text', text: piece });
  };

  /** As it is. */
  const addReasoning = (piece: string) => {
    if (piece === '' || !withReasoning) return;
    const last = thoughts.at(-1);
    if (last?.at === text.length) last.text += piece;
    else thoughts.push({ at: text.length, text: piece });
    flatten(thoughts.at(-1)?.text ?? '');
    emit({ kind: 'reasoning', text: piece });
  };

  return {
    addText,
    addReasoning,
    ...betweenTags(addReasoning, () => thoughts.at(-1)?.at === text.length),
    text: () => text,
    last: () => text.slice(-1),
    isEmpty: () => text === '',
    length: () => positionOf(text.length, thoughts),
    /** Retracts what was emitted after so much text, and emits its reasoning again. Returns its text. */
    retractText(length: number): string {
      const taken = text.slice(length);
      const later = thoughts.filter(({ at }) => at > length);
      thoughts = thoughts.filter(({ at }) => at <= length);
      text = text.slice(0, length);
      emit({ kind: 'cut', length: positionOf(length, thoughts) });
      addReasoning(later.map((thought) => thought.text).join(''));
      return taken;
    },
    /** The reasoning that was emitted from a position on turns out to be text. */
    replaceByText(position: number, whole: string) {
      if (withReasoning) emit({ kind: 'cut', length: position });
      thoughts = thoughts.filter(({ at }) => at < text.length);
      addText(whole);
    },
  };
}

/** The position that is reached after so much text, with the reasoning before it. */
const positionOf = (length: number, thoughts: readonly Thought[]): number =>
  thoughts.reduce((sum, { text }) => sum + text.length, length);

/** Emits a thought between tags: without blanks at its ends, and apart from a thought right before it. */
function betweenTags(addReasoning: (piece: string) => void, followsReasoning: () => boolean) {
  /** Blanks that are emitted only when more of the thought follows. */
  let blanks = '';
  let begun = false;
  return {
    continueReasoning(piece: string) {
      const all = begun ? blanks + piece : piece.trimStart();
      const body = all.trimEnd();
      blanks = all.slice(body.length);
      if (body === '') return;
      addReasoning(!begun && followsReasoning() ? `\n\n${body}` : body);
      begun = true;
    },
    endReasoning() {
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
