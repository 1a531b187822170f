import { before, clip, endOf, join, lengthOf, type Entry, type EntryKind } from './entry';

/** Consecutive entries, none of them empty. */
export interface Batch {
  readonly entries: readonly Entry[];
  /** Replaces all earlier entries, because some of them were cut. */
  readonly replaces?: true | undefined;
}

/** An append-only log with rare cuts. Appending and reading what is new cost only what is new, not the whole. */
export interface ReplyLog {
  readonly length: () => number;
  append(kind: EntryKind, text: string): void;
  /** Discards everything beyond `length`. The next batch then holds the whole log. */
  cut(length: number): void;
  /** Everything from a position on, neighbours of one written kind joined. */
  since(position: number): readonly Entry[];
  /** Everything appended since the last call; null when there is nothing new. */
  takeBatch(): Batch | null;
}

/** `stored`: what the store has already. */
export function replyLog(stored: readonly Entry[] = []): ReplyLog {
  const pieces: Entry[] = [...stored];
  let sealed = pieces.length;
  let end = pieces.length > 0 ? endOf(pieces[pieces.length - 1] as Entry) : 0;
  let wasCut = false;

  const since = (position: number): readonly Entry[] => {
    let index = pieces.length;
    while (index > 0 && (pieces[index - 1]?.at ?? 0) >= position) index -= 1;
    const split = pieces[index - 1];
    const isSplit = split !== undefined && endOf(split) > position;
    // Fast path for one new piece, the usual case.
    if (!isSplit)
      return index === pieces.length - 1 ? pieces.slice(index) : join(pieces.slice(index));
    return join([clip(split, position), ...pieces.slice(index)]);
  };

  return {
    length: () => end,
    append(kind, text) {
      pieces.push({ at: end, kind, text });
      end += lengthOf({ kind, text });
    },
    cut(length) {
      if (length >= end) return;
      const kept = join(before(pieces, length));
      pieces.splice(0, pieces.length, ...kept);
      end = length;
      sealed = 0;
      wasCut = true;
    },
    since,
    takeBatch() {
      if (sealed === pieces.length && !wasCut) return null;
      const entries = join(pieces.slice(sealed));
      // Keep the joined entries, so that many small ones do not stay in memory.
      pieces.splice(sealed, pieces.length - sealed, ...entries);
      sealed = pieces.length;
      const replaces = wasCut && { replaces: true as const };
      wasCut = false;
      return { entries, ...replaces };
    },
  };
}
