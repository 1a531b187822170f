import { memo } from 'react';
import { BlockChunk } from './block-chunk';
import { allChunks, endedHere, openBlock, splitBlocks } from './blocks';
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
  const split = endedHere(splitBlocks(text));
  return allChunks(split, openBlock(split)).map(({ first, blocks }) => (
    // No block of the text has a negative number, so a mark inside a footnote never claims to be the first.
    <BlockChunk
      key={first}
      chunk={{ first: first - 1e6, blocks }}
      references={references}
      streaming={false}
      growing={false}
    />
  ));
});
