import { memo, useMemo } from 'react';
import { BlockChunk } from './block-chunk';
import { allChunks, endedHere, openBlock, splitBlocks } from '@/lib/markdown/blocks/blocks';
import { withoutOuterBlankLines } from '@/lib/markdown/text/lines';
import { needsOf } from '@/lib/markdown/blocks/definitions-for';
import { PlainText } from './plain-text';
import type { References } from '@/lib/markdown/blocks/references';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly references: References;
  /** How many are rendered; the others are shown as source. */
  readonly drawn: number;
  readonly idPrefix: string;
}

/** The footnotes that the text refers to. */
export const Footnotes = memo(function Notes({ references, drawn, idPrefix }: Props) {
  const texts = useTexts();
  if (references.numbers.size === 0) return null;
  return (
    <section className="md-notes" aria-label={texts.markdown.footnotes}>
      <ol>
        {[...references.numbers].map(([label, number]) => (
          <li key={label} id={`${idPrefix}-note-${number}`}>
            <Footnote
              text={references.footnotes.get(label) ?? ''}
              references={references}
              drawn={number <= drawn}
            />
            <a href={`#${idPrefix}-mark-${number}`} aria-label={texts.markdown.backToMark(number)}>
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
});

interface NoteProps {
  readonly text: string;
  readonly references: References;
  readonly drawn: boolean;
}

/** No block of the text has a negative index, so a mark inside a footnote is never the first. */
const INSIDE = -1e6;

const Footnote = memo(function Note({ text, references, drawn }: NoteProps) {
  const chunks = useMemo(() => {
    const split = endedHere(splitBlocks(text));
    return allChunks(split, openBlock(split));
  }, [text]);
  if (!drawn) return <PlainText text={withoutOuterBlankLines(text)} />;
  return chunks.map((chunk) => (
    <BlockChunk
      key={chunk.first}
      chunk={chunk}
      needs={chunk.blocks.map((block) => needsOf(block, INSIDE, references, false))}
      streaming={false}
    />
  ));
});
