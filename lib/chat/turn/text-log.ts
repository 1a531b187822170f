/** Text from `offset` on, counted in UTF-16 units from the start. */
export interface TextPiece {
  readonly offset: number;
  readonly text: string;
  /** It stands in place of all that was there: some of that was taken back. */
  readonly replaces?: true | undefined;
}

/** Text that grows, and is hardly ever taken back. Appending and reading what is new cost what is new, however long the whole is. */
export interface TextLog {
  readonly length: () => number;
  append(text: string): void;
  /** Takes back what is beyond `length`. The next batch is then the whole text. */
  cut(length: number): void;
  /** All text from `offset` on. */
  since(offset: number): string;
  /** What was appended since the last call, as one piece; null when nothing was. */
  takeBatch(): TextPiece | null;
}

export function textLog(): TextLog {
  const pieces: TextPiece[] = [];
  let end = 0;
  let sealed = 0;
  let wasCut = false;

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
    cut(length) {
      if (length >= end) return;
      const text = since(0).slice(0, length);
      pieces.splice(0, pieces.length, { offset: 0, text });
      end = length;
      sealed = 0;
      wasCut = true;
    },
    since,
    takeBatch() {
      const first = pieces[sealed];
      if (!first) return null;
      const replaces = wasCut && { replaces: true as const };
      wasCut = false;
      const batch = { offset: first.offset, text: since(first.offset), ...replaces };
      // One piece from here on, so that many small ones do not stay in memory.
      pieces.splice(sealed, pieces.length - sealed, batch);
      sealed += 1;
      return batch;
    },
  };
}
