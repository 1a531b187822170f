import { piecesOf } from '@/lib/markdown/text/pieces';
import { withoutCitations } from '@/lib/markdown/syntax/citations';

interface Props {
  readonly text: string;
  /** Formatted text will replace it. */
  readonly pending?: boolean;
}

/** Split into pieces, so that the browser lays out only the visible ones. */
export function PlainText({ text, pending }: Props) {
  const pieces = piecesOf(withoutCitations(text));
  return pieces.map((piece, index) => (
    <p
      key={index}
      className={index < pieces.length - 1 ? 'md-plain md-goes-on' : 'md-plain'}
      data-pending={pending || undefined}
    >
      {piece}
    </p>
  ));
}
