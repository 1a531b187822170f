import { useEffect } from 'react';
import { BlockChunk } from './block-chunk';
import type { DrawnChunk } from '@/components/markdown/drawing/drawing';
import { IdPrefix } from './elements';
import { copyFormulaSource } from './formulas/copy-source';
import { Footnotes } from './footnotes';
import { PlainText } from './plain-text';
import { useTexts } from '@/lib/texts/use-texts';
import { useDrawing } from '@/components/markdown/drawing/use-drawing';

interface Props {
  /** The whole text so far. */
  readonly text: string;
  /** More text may follow. */
  readonly streaming: boolean;
  /** Unique on the page; prefix of footnote ids. */
  readonly idPrefix: string;
  /** The weight of the first render; the browser renders the rest later. */
  readonly budget: number;
  /** Called when all of it is drawn. */
  readonly onDrawn?: () => void;
}

/** Whether some source is shown because drawing it would take too long. */
const hasPlain = (chunks: readonly DrawnChunk[]): boolean =>
  chunks.some(({ chunk }) => chunk.blocks.some(({ plain, kind }) => plain && kind !== 'note'));

/** Characters from which on each block of a text is laid out only in sight: thousands of small ones cost, too. */
const LONG = 32_000;

/** Markdown whose cost per update depends on the last block, not on the text before it. */
export function Markdown({ text, streaming, idPrefix, budget, onDrawn }: Props) {
  const texts = useTexts();
  const { chunks, references, notes, rest, done } = useDrawing({ text, streaming }, budget);
  const isWhole = done && !streaming;
  useEffect(() => {
    if (isWhole) onDrawn?.();
  }, [isWhole, onDrawn]);
  return (
    <IdPrefix value={idPrefix}>
      <div
        className={text.length > LONG ? 'markdown md-long' : 'markdown'}
        onCopy={copyFormulaSource}
      >
        {chunks.map(({ chunk, needs }, index) => (
          <BlockChunk
            key={chunk.first}
            chunk={chunk}
            needs={needs}
            streaming={streaming && rest === '' && index === chunks.length - 1}
          />
        ))}
        <PlainText text={rest} pending />
        <Footnotes references={references} drawn={notes.count} idPrefix={idPrefix} />
        {isWhole && hasPlain(chunks) && <p className="md-as-written">{texts.markdown.asWritten}</p>}
      </div>
    </IdPrefix>
  );
}
