import { useState } from 'react';
import { piecesOf } from '@/lib/markdown/text/pieces';
import { useTexts } from '@/lib/texts/use-texts';

/** A longer message is in pieces that the browser lays out when they come into sight. */
const USUAL_LENGTH = 4_000;
/** A message over this is folded. It is longer than the lines that a folded one shows, so that unfolding is worth it. */
const FOLDED_FROM = { lines: 16, length: 1_200 };

/** What a person wrote, as typed; a long message is folded to its beginning. */
export function Bubble({ text }: { readonly text: string }) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const folds = isLong(text);
  const pieces = piecesOf(text, USUAL_LENGTH);
  return (
    <>
      <div className="bubble" dir="auto" data-folded={(folds && !open) || undefined}>
        {pieces.length === 1
          ? text
          : pieces.map((piece, index) => <Piece key={index} text={piece} />)}
      </div>
      {folds && (
        <button
          type="button"
          className="quiet-button bubble-fold"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? texts.transcript.showLess : texts.transcript.showMore}
        </button>
      )}
    </>
  );
}

const isLong = (text: string): boolean =>
  text.length > FOLDED_FROM.length ||
  text.split('\n', FOLDED_FROM.lines + 1).length > FOLDED_FROM.lines;

const Piece = ({ text }: { readonly text: string }) => <div className="bubble-piece">{text}</div>;
