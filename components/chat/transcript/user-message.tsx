import { memo } from 'react';
import { piecesOf } from '@/lib/markdown/text/pieces';
import { texts } from '@/lib/texts/texts';

interface Props {
  /** The key of its item. */
  readonly place: string;
  readonly text: string;
}

/** A longer message is in pieces that the browser lays out when they come into sight. */
const USUAL_LENGTH = 4_000;

/** Shown as typed: user messages are not Markdown. */
export const UserMessage = memo(function UserMessage({ place, text }: Props) {
  const pieces = piecesOf(text, USUAL_LENGTH);
  return (
    <article className="user-message" data-key={place}>
      <h2 className="visually-hidden">{texts.transcript.you}</h2>
      <div className="bubble" dir="auto">
        {pieces.length === 1
          ? text
          : pieces.map((piece, index) => <Piece key={index} text={piece} />)}
      </div>
    </article>
  );
});

const Piece = ({ text }: Pick<Props, 'text'>) => <div className="bubble-piece">{text}</div>;
