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
  /** From a position on, at most so much (and half a character), neighbours of one written kind joined. */
  since(position: number, atMost?: number): readonly Entry[];
  /** Everything appended since the last call; null when there is nothing new. */
  takeBatch(): Batch | null;
}

/** `stored`: what the store has already. */
export function replyLog(stored: readonly Entry[] = []): ReplyLog {
  const pieces: Entry[] = [...stored];
  let sealed = pieces.length;
  let end = pieces.length > 0 ? endOf(pieces[pieces.length - 1] as Entry) : 0;
  let wasCut = false;

  const since = (position: number, atMost = Infinity): readonly Entry[] => {
    let first = pieces.length;
    while (first > 0 && endOf(pieces[first - 1] as Entry) > position) first -= 1;
    let to = position + atMost;
    let past = pieces.length;
    if (atMost !== Infinity) {
      past = first;
      while ((pieces[past]?.at ?? Infinity) < to) past += 1;
      const last = pieces[past - 1];
      if (last && splitsPair(last, to)) to += 1;
    }
    return join(pieces.slice(first, past).map((entry) => clip(entry, position, to)));
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

/** True between the two UTF-16 units of one character. */
const splitsPair = ({ at, text }: Entry, position: number): boolean =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(position - at - 1, position - at + 1));
