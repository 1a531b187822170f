/** What chat templates end a reply with, where a server leaves it in the text. HTML's `</s>` is none of them. */
const MARKS = [
  '<|return|>',
  '<|end|>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|endoftext|>',
  '<|end_of_text|>',
  '<|end_response|>',
  '<|end_of_solution|>',
  '<end_of_turn>',
];
const LONGEST = Math.max(...MARKS.map(({ length }) => length));

/** Takes such a mark off the end of a growing text. */
export interface EndMarks {
  /** The text with this piece, without what might be such an end. */
  push(piece: string): string;
  /** The text has ended: what was held back, unless it was a mark. */
  end(): string;
}

export function endMarks(): EndMarks {
  let held = '';
  return {
    push(piece) {
      if (held === '' && !piece.includes('<')) return piece;
      const text = held + piece;
      const at = whereEndMayBegin(text);
      held = text.slice(at);
      return text.slice(0, at);
    },
    end() {
      const rest = held;
      held = '';
      return MARKS.includes(rest.trimEnd().toLowerCase()) ? '' : rest;
    },
  };
}

/** Where a mark begins, or what may become one, that only blanks follow; the length of the text when nowhere. */
function whereEndMayBegin(text: string): number {
  const at = text.lastIndexOf('<');
  const tail = text.slice(at).toLowerCase();
  if (at === -1 || tail.length > 2 * LONGEST) return text.length;
  const mark = tail.trimEnd();
  const mayEnd = MARKS.some((each) => each === mark || (mark === tail && each.startsWith(tail)));
  return mayEnd ? at : text.length;
}
