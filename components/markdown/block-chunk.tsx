import { type ReactNode, memo } from 'react';
import { MarkdownBlock } from './block';
import type { Block, Chunk } from './blocks';
import { ListFrame } from './list-frame';
import type { NoteNumbers } from './notes-plugin';
import type { References } from './references';

interface Props {
  readonly chunk: Chunk;
  readonly references: References;
  /** Set for the last chunk of a text that is still being written. */
  readonly growing: boolean;
}

export const BlockChunk = memo(function BlockChunk({ chunk, references, growing }: Props) {
  const last = chunk.blocks.length - 1;
  const show = (index: number, loose: boolean) => {
    const block = chunk.blocks[index];
    if (!block) return null;
    const { text, kind, plain } = block;
    return (
      <MarkdownBlock
        key={chunk.first + index}
        {...{ text, kind, plain, loose }}
        growing={growing && index === last}
        definitions={definitionsFor(block, references)}
        notes={JSON.stringify(numbersFor(block, chunk.first + index, references))}
      />
    );
  };
  return grouped(chunk.blocks).map(([from, to]) => {
    const blocks = chunk.blocks.slice(from, to);
    const [head] = blocks;
    if (head?.kind !== 'list') return show(from, false);
    const loose = blocks.some((block) => block.loose);
    const items: ReactNode[] = blocks.map((_, index) => show(from + index, loose));
    return (
      <ListFrame key={chunk.first + from} text={head.text}>
        {items}
      </ListFrame>
    );
  });
});

/** From and to of what belongs together: a list with its items, or a single block. */
function grouped(blocks: readonly Block[]): readonly (readonly [number, number])[] {
  const starts = blocks.flatMap(({ kind }, index) => (kind === 'item' && index > 0 ? [] : [index]));
  return starts.map((start, index) => [start, starts[index + 1] ?? blocks.length]);
}

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
    if (number === undefined) return [];
    return [[label, { number, first: references.firstMention.get(label) === index }] as const];
  });
  return Object.fromEntries(known);
}
