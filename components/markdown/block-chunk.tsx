import { memo } from 'react';
import { MarkdownBlock } from './block';
import type { Block } from './blocks';
import type { NoteNumbers } from './notes-plugin';
import type { References } from './references';

interface Props {
  readonly blocks: readonly Block[];
  /** Number of the first block within the text. */
  readonly first: number;
  readonly references: References;
  /** Set for the last chunk of a text that is still being written. */
  readonly growing: boolean;
}

export const BlockChunk = memo(function BlockChunk({ blocks, first, references, growing }: Props) {
  return blocks.map((block, index) => (
    <MarkdownBlock
      key={first + index}
      text={block.text}
      kind={block.kind}
      plain={block.plain}
      growing={growing && index === blocks.length - 1}
      definitions={definitionsFor(block, references)}
      notes={JSON.stringify(numbersFor(block, first + index, references))}
    />
  ));
});

function definitionsFor({ mentions, text }: Block, { links, numbers }: References): string {
  const sources = mentions.links
    .flatMap((label) => links.get(label) ?? [])
    .filter((source) => !text.includes(source));
  const notes = mentions.notes
    .filter((label) => numbers.has(label))
    .map((label) => `[^${label}]: .`);
  const all = [...sources, ...notes];
  return all.length === 0 ? '' : `${all.join('\n\n')}\n\n`;
}

function numbersFor({ mentions }: Block, index: number, references: References): NoteNumbers {
  const known = mentions.notes.flatMap((label) => {
    const number = references.numbers.get(label);
    return number === undefined
      ? []
      : [[label, { number, first: references.firstMention.get(label) === index }]];
  });
  return Object.fromEntries(known);
}
