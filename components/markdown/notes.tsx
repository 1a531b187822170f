import { memo } from 'react';
import { BlockChunk } from './block-chunk';
import { openBlock, splitBlocks } from './blocks';
import type { References } from './references';

interface Props {
  readonly references: References;
  readonly idPrefix: string;
}

/** The footnotes that are mentioned, at the end of the text. */
export const Notes = memo(function Notes({ references, idPrefix }: Props) {
  if (references.numbers.size === 0) return null;
  return (
    <section className="md-notes" aria-label="Footnotes">
      <ol>
        {[...references.numbers].map(([label, number]) => (
          <li key={label} id={`${idPrefix}-note-${number}`}>
            <Note text={references.notes.get(label) ?? ''} references={references} />
            <a href={`#${idPrefix}-mark-${number}`} aria-label={`Back to footnote mark ${number}`}>
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
});

const Note = memo(function Note({ text, references }: { text: string; references: References }) {
  const split = splitBlocks(text);
  const blocks = [...split.settled.flat(), openBlock(split)];
  // No block has this number, so a mark inside a footnote never claims to be the first.
  return (
    <BlockChunk
      blocks={blocks}
      first={-blocks.length - 1}
      references={references}
      growing={false}
    />
  );
});
