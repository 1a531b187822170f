import { piecesOf } from '@/lib/markdown/text/pieces';

/** A longer message is in pieces that the browser lays out when they come into sight. */
const USUAL_LENGTH = 4_000;

/** What a person wrote, as typed. */
export function Bubble({ text }: { readonly text: string }) {
  const pieces = piecesOf(text, USUAL_LENGTH);
  return (
    <div className="bubble" dir="auto">
      {pieces.length === 1
        ? text
        : pieces.map((piece, index) => <Piece key={index} text={piece} />)}
    </div>
  );
}

const Piece = ({ text }: { readonly text: string }) => <div className="bubble-piece">{text}</div>;
