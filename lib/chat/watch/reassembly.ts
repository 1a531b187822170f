import { textLog, type TextPiece } from '@/lib/chat/turn/text-log';

/** Text put together from pieces that may come twice, overlap, or come before what precedes them. */
export interface GatheredText {
  readonly length: () => number;
  since(offset: number): string;
  /** Where it was cut, each time that a piece replaced what was there. */
  cuts(): readonly number[];
  /** Answers how much of the piece was new. */
  add(piece: TextPiece): number;
  /** True while a piece waits for what precedes it. */
  hasGap(): boolean;
}

export function gatheredText(): GatheredText {
  const text = textLog();
  const cuts: number[] = [];
  let early: TextPiece[] = [];

  const append = ({ offset, text: piece }: TextPiece): number => {
    const fresh = piece.slice(text.length() - offset);
    if (fresh) text.append(fresh);
    return fresh.length;
  };

  /** Goes back to where the two differ. */
  const cutTo = (whole: string) => {
    early = [];
    const before = text.since(0);
    if (whole.startsWith(before)) return;
    let same = 0;
    while (same < whole.length && before[same] === whole[same]) same += 1;
    text.cut(same);
    cuts.push(same);
  };

  return {
    length: text.length,
    since: text.since,
    cuts: () => cuts,
    hasGap: () => early.length > 0,
    add(piece) {
      if (piece.replaces) cutTo(piece.text);
      if (piece.offset > text.length()) {
        early.push(piece);
        return 0;
      }
      const fresh = append(piece);
      const waiting = early.toSorted((one, other) => one.offset - other.offset);
      early = [];
      for (const next of waiting) {
        if (next.offset > text.length()) early.push(next);
        else append(next);
      }
      return fresh;
    },
  };
}
