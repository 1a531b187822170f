import { type ReactNode, memo } from 'react';
import { MarkdownBlock } from './block';
import type { Block, Chunk } from './blocks';
import { ListFrame } from './list-frame';
import { definitionsFor, numbersFor } from './needed';
import type { References } from './references';

interface Props {
  readonly chunk: Chunk;
  readonly references: References;
  /** More of the text is to come: definitions may follow. */
  readonly streaming: boolean;
  /** Set for the chunk in which it will come. */
  readonly growing: boolean;
}

export const BlockChunk = memo(function BlockChunk({
  chunk,
  references,
  streaming,
  growing,
}: Props) {
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
        definitions={definitionsFor(block, references, streaming)}
        notes={JSON.stringify(numbersFor(block, chunk.first + index, references, streaming))}
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
