import { withoutCitations } from './syntax/citations';
import { wholeCharacters } from './whole-characters';

interface Props {
  readonly text: string;
}

/** The browser lays out only the pieces that are in sight: all of a long text would take it a while. */
export function PlainText({ text }: Props) {
  return piecesOf(text).map((piece, index) => (
    <p key={index} className="md-plain md-piece">
      {withoutCitations(piece)}
    </p>
  ));
}

const PIECE = 4_000;

/** Whole lines, as long as they are not longer than a piece. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const most = text.slice(from, from + PIECE);
    const lineEnd = most.lastIndexOf('\n') + 1;
    const isLast = from + most.length === text.length;
    const length = isLast || lineEnd === 0 ? wholeCharacters(most) : lineEnd;
    pieces.push(most.slice(0, length));
    from += length;
  }
  return pieces;
}
