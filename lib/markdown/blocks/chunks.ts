import type { Block } from './block';

/**
 * Groups of blocks, so that copying and comparing do not grow with the text. A list stays in one chunk unless rendering
 * it at once would be too slow.
 */
export interface Chunk {
  /** The index of its first block in the text. */
  readonly first: number;
  readonly blocks: readonly Block[];
  readonly weight: number;
}

const CHUNK = 32;
const LONG_LIST = 96;
const HEAVY = 4_000;

export function append(chunks: readonly Chunk[], block: Block): readonly Chunk[] {
  const last = chunks.at(-1);
  if (!last) return [{ first: 0, blocks: [block], weight: block.weight }];
  const { first, blocks, weight } = last;
  if (isFull(last, block))
    return [...chunks, { first: first + blocks.length, blocks: [block], weight: block.weight }];
  const longer = { first, blocks: [...blocks, block], weight: weight + block.weight };
  return [...chunks.slice(0, -1), longer];
}

function isFull({ blocks, weight }: Chunk, { kind }: Block): boolean {
  const most = kind === 'item' ? LONG_LIST : CHUNK;
  return blocks.length >= most || (kind === 'item' && weight > HEAVY);
}

/** The number of blocks in the chunks. */
export function countOf(chunks: readonly Chunk[]): number {
  const last = chunks.at(-1);
  return last ? last.first + last.blocks.length : 0;
}
