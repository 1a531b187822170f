import { textLog, type TextPiece } from '@/lib/chat/turn/text-log';

/** Reassembles text from pieces that may be duplicated, overlap or arrive out of order. */
export interface Reassembler {
  readonly length: () => number;
  since(offset: number): string;
  /** The length after each cut made by a replacing piece. */
  cuts(): readonly number[];
  /** Returns how many UTF-16 units of the piece were new. */
  add(piece: TextPiece): number;
  /** True while a piece waits for earlier text. */
  hasGap(): boolean;
}

export function reassembler(): Reassembler {
  const text = textLog();
  const cuts: number[] = [];
  let early: TextPiece[] = [];

  const append = ({ offset, text: piece }: TextPiece): number => {
    const fresh = piece.slice(text.length() - offset);
    if (fresh) text.append(fresh);
    return fresh.length;
  };

  /** Cuts back to the common prefix. */
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
