/** Text from `offset` on, counted in UTF-16 units from the start. */
export interface TextPiece {
  readonly offset: number;
  readonly text: string;
}

/** Text that only grows. Appending and reading what is new cost what is new, however long the whole is. */
export interface TextLog {
  readonly length: () => number;
  append(text: string): void;
  /** All text from `offset` on. */
  since(offset: number): string;
  /** What was appended since the last call, as one piece; null when nothing was. */
  takeBatch(): TextPiece | null;
}

export function textLog(): TextLog {
  const pieces: TextPiece[] = [];
  let end = 0;
  let sealed = 0;

  const since = (offset: number): string => {
    let index = pieces.length;
    while (index > 0 && (pieces[index - 1]?.offset ?? 0) >= offset) index -= 1;
    const split = pieces[index - 1];
    const head = split ? split.text.slice(offset - split.offset) : '';
    // Nearly always one new piece: do not build an array for it.
    return index === pieces.length - 1
      ? head + (pieces[index]?.text ?? '')
      : head +
          pieces
            .slice(index)
            .map(({ text }) => text)
            .join('');
  };

  return {
    length: () => end,
    append(text) {
      pieces.push({ offset: end, text });
      end += text.length;
    },
    since,
    takeBatch() {
      const first = pieces[sealed];
      if (!first) return null;
      const batch = { offset: first.offset, text: since(first.offset) };
      // One piece from here on, so that many small ones do not stay in memory.
      pieces.splice(sealed, pieces.length - sealed, batch);
      sealed += 1;
      return batch;
    },
  };
}
