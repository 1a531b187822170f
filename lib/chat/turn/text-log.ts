/** Text that starts at `offset`, in UTF-16 units from the start of the reply. */
export interface TextPiece {
  readonly offset: number;
  readonly text: string;
  /** Replaces all earlier text, because some of it was cut. */
  readonly replaces?: true | undefined;
}

/** An append-only text buffer with rare cuts. Appending and reading new text cost only the new text, not the whole. */
export interface TextLog {
  readonly length: () => number;
  append(text: string): void;
  /** Discards text beyond `length`. The next batch then holds the whole text. */
  cut(length: number): void;
  /** All text from `offset` on. */
  since(offset: number): string;
  /** Everything appended since the last call as one piece; null when there is nothing new. */
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
    // Fast path for one new piece, the usual case: no array.
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
      // Merge the pieces, so that many small ones do not stay in memory.
      pieces.splice(sealed, pieces.length - sealed, batch);
      sealed += 1;
      return batch;
    },
  };
}
