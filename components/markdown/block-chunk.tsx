import { type ReactNode, memo } from 'react';
import { MarkdownBlock } from './block';
import type { Block } from '@/lib/markdown/blocks/block';
import type { Chunk } from '@/lib/markdown/blocks/chunks';
import { ListFrame } from './list-frame';
import type { Needs } from '@/lib/markdown/blocks/definitions-for';

interface Props {
  readonly chunk: Chunk;
  /** The definitions each block is parsed with; null: shown as source. */
  readonly needs: readonly (Needs | null)[];
  /** More text may follow at the end of this chunk. */
  readonly streaming: boolean;
}

export const BlockChunk = memo(function BlockChunk({ chunk, needs, streaming }: Props) {
  const last = chunk.blocks.length - 1;
  const show = (index: number, loose: boolean) => {
    const block = chunk.blocks[index];
    if (!block) return null;
    const { text, kind, plain } = block;
    return (
      <MarkdownBlock
        key={chunk.first + index}
        {...{ text, kind, plain, loose }}
        streaming={streaming && index === last}
        definitions={needs[index]?.definitions ?? null}
        notes={needs[index]?.notes ?? ''}
      />
    );
  };
  return grouped(chunk.blocks).map(([from, to]) => {
    const blocks = chunk.blocks.slice(from, to);
    const [head] = blocks;
    if (head?.kind !== 'list' && head?.kind !== 'item') return show(from, false);
    const loose = blocks.some((block) => block.loose);
    const items: ReactNode[] = blocks.map((_, index) => show(from + index, loose));
    return (
      <ListFrame key={chunk.first + from} head={head}>
        {items}
      </ListFrame>
    );
  });
});

/** Ranges of blocks that belong together: a list with its items, or a single block. */
function grouped(blocks: readonly Block[]): readonly (readonly [number, number])[] {
  const starts = blocks.flatMap(({ kind }, index) => (kind === 'item' && index > 0 ? [] : [index]));
  return starts.map((start, index) => [start, starts[index + 1] ?? blocks.length]);
}
