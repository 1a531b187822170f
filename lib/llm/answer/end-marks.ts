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
/** Longer than any end mark of a template: anything longer is text. */
const HELD_MAX = 80;

/** Takes such marks, one or several in a row, off the end of a growing text. */
export interface EndMarks {
  /** The text with this piece, without what might be such an end. */
  push(piece: string): string;
  /** The text has ended: what was held back, unless it was marks. */
  end(): string;
}

export function endMarks(): EndMarks {
  let buffered = '';
  return {
    push(piece) {
      if (buffered === '' && !piece.includes('<')) return piece;
      const text = buffered + piece;
      const at = whereEndMayBegin(text);
      buffered = text.slice(at);
      return text.slice(0, at);
    },
    end() {
      const rest = buffered;
      buffered = '';
      return rest.slice(0, whereMarksBegin(rest));
    },
  };
}

/** Where marks begin, or what may become one, that only blanks follow; the length of the text when nowhere. */
function whereEndMayBegin(text: string): number {
  const open = text.lastIndexOf('<');
  const tail = open === -1 ? '' : text.slice(open).toLowerCase();
  const mayBeMark = tail !== '' && MARKS.some((mark) => mark.startsWith(tail));
  const at = whereMarksBegin(mayBeMark ? text.slice(0, open) : text);
  return text.length - at > HELD_MAX ? text.length : at;
}

/** Where the last marks begin, which only blanks separate and follow; the length of the text when there is none. */
function whereMarksBegin(text: string): number {
  let at = text.length;
  while (text.length - at <= HELD_MAX) {
    const rest = text.slice(0, at).trimEnd();
    const mark = MARKS.find((each) => rest.slice(-each.length).toLowerCase() === each);
    if (mark === undefined) break;
    at = rest.length - mark.length;
  }
  return at;
}
