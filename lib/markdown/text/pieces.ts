import { wholeCharacters } from './whole-characters';

/** Characters and lines that a browser lays out in a moment, whatever they are. */
const PIECE = 2_000;
const PIECE_LINES = 100;

/** A text in pieces of whole lines, or of whole words where a line is longer than a piece. */
export function piecesOf(text: string, longest = PIECE): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const piece = firstPiece(text.slice(from, from + longest), from + longest >= text.length);
    pieces.push(piece);
    from += piece.length;
  }
  return pieces;
}

function firstPiece(most: string, isRest: boolean): string {
  let end = 0;
  for (let lines = 0; lines < PIECE_LINES; lines += 1) {
    const next = most.indexOf('\n', end) + 1;
    if (next === 0) return isRest ? most : most.slice(0, end || wordEnd(most));
    end = next;
  }
  return most.slice(0, end);
}

const wordEnd = (most: string): number => most.lastIndexOf(' ') + 1 || wholeCharacters(most);
