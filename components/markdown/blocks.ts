import { isBlank } from './lines';
import { weigh } from './nesting';
import {
  type Mentions,
  type References,
  mentionsIn,
  noMentions,
  noReferences,
  withLinks,
  withMentions,
  withNote,
} from './references';
import { type BlockKind, type Scan, scanLine, startOfText } from './scan';

/** A piece of Markdown that means the same alone as in its place, given the definitions that it mentions. */
export interface Block {
  readonly text: string;
  readonly kind: BlockKind;
  /** Too costly to parse: shown as it is written. */
  readonly plain: boolean;
  /** Of an item: by what stands here or before, the items of its list are paragraphs. */
  readonly loose: boolean;
  readonly mentions: Mentions;
}

/** Blocks go in chunks, so that neither copying nor comparing them grows with the text. A list is never parted. */
export interface Chunk {
  /** Number of its first block within the text. */
  readonly first: number;
  readonly blocks: readonly Block[];
}

export interface Blocks {
  readonly text: string;
  readonly settled: readonly Chunk[];
  readonly references: References;
  readonly weight: number;
  readonly openStart: number;
  readonly openKind: BlockKind;
  /** Where the first line starts that has not been taken in, and the structure before it. */
  readonly scanned: number;
  readonly scan: Scan;
  /** Whether the open block is part of a loose list. */
  readonly loose: boolean;
}

const CHUNK = 32;
/** Parsing has a fixed cost, so short blocks share it. */
const MIN_BLOCK = 160;
/** What a text may weigh: plenty for one full of tables and links, a bound for one made to be slow. */
const BASE_WEIGHT = 6_000;
const WEIGHT_PER_CHARACTER = 0.22;
/** The start of a line tells what it is. */
const LONG_LINE = 500;
const FENCE_WEIGHT = { weight: 12, hostile: false };

/** A line that starts like this is the same kind of line however it goes on. */
const DECIDED = /^(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6}) )?(?:\*\*)?\p{L}/u;

const NO_BLOCKS: Blocks = {
  text: '',
  settled: [],
  references: noReferences,
  weight: 0,
  openStart: 0,
  openKind: 'text',
  scanned: 0,
  scan: startOfText,
  loose: false,
};

export function splitBlocks(text: string): Blocks {
  return advanceBlocks(NO_BLOCKS, text);
}

/** Takes in a longer text. What is settled stays as it is; only what came after it is looked at. */
export function advanceBlocks(previous: Blocks, text: string): Blocks {
  if (text === previous.text) return previous;
  const base = text.startsWith(previous.text) ? previous : NO_BLOCKS;
  return cutBeforeDecidedTail(takeInLines({ ...base, text }));
}

function takeInLines(start: Blocks): Blocks {
  const { text } = start;
  let blocks = start;
  let { scan, scanned } = start;
  // A carriage return at the very end may be half of a line ending.
  const ending = /\r\n|\n|\r(?!$)/g;
  ending.lastIndex = scanned;
  for (let found = ending.exec(text); found; found = ending.exec(text)) {
    const line = scanLine(scan, text.slice(scanned, found.index));
    if (line.starts) blocks = cut({ ...blocks, loose: isLoose(scan) }, scanned, line.starts);
    scan = line.scan;
    scanned = ending.lastIndex;
    if (blocks.openKind === 'fence' && scan.leaf.kind !== 'fence')
      blocks = cut(blocks, scanned, 'text');
  }
  return { ...blocks, scan, scanned, loose: isLoose(scan) };
}

/** A line that is not whole yet may already be sure to start a block. */
function cutBeforeDecidedTail(blocks: Blocks): Blocks {
  return DECIDED.test(tailOf(blocks)) ? cutBeforeTail(blocks) : blocks;
}

/** The blocks as they are if the text ends here. Not to be gone on from: a longer last line may mean something else. */
export function endedHere(blocks: Blocks): Blocks {
  return isBlank(tailOf(blocks)) ? blocks : cutBeforeTail(blocks);
}

function tailOf({ text, scanned }: Blocks): string {
  return text.slice(scanned, scanned + LONG_LINE);
}

function cutBeforeTail(blocks: Blocks): Blocks {
  const { scan, starts } = scanLine(blocks.scan, tailOf(blocks));
  const loose = isLoose(scan);
  return { ...(starts ? cut(blocks, blocks.scanned, starts) : blocks), loose };
}

function isLoose({ list }: Scan): boolean {
  return list?.loose === true;
}

export function openBlock(blocks: Blocks): Block {
  return blockOf(blocks, blocks.text.slice(blocks.openStart)).block;
}

/** All of the text in chunks. The open block stands where it will settle, so that nothing is mounted anew. */
export function allChunks(blocks: Blocks, open: Block): readonly Chunk[] {
  return append(blocks.settled, open);
}

/** Definitions that the open block holds count as well: a text may end with them. */
export function allReferences(blocks: Blocks, open: Block, streaming: boolean): References {
  const whole = streaming && open.kind === 'note' ? { ...open, text: wholeLines(open.text) } : open;
  return refer(blocks.references, whole, settledCount(blocks));
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function settledCount({ settled }: Blocks): number {
  const last = settled.at(-1);
  return last ? last.first + last.blocks.length : 0;
}

function cut(blocks: Blocks, at: number, kind: BlockKind): Blocks {
  const text = blocks.text.slice(blocks.openStart, at);
  if (isBlank(text)) return { ...blocks, openKind: kind };
  if (text.length < MIN_BLOCK && canShare(blocks, at, kind)) return blocks;
  const { block, weight } = blockOf(blocks, text);
  const references = refer(blocks.references, block, settledCount(blocks));
  const settled = append(blocks.settled, block);
  return { ...blocks, references, weight, settled, openStart: at, openKind: kind };
}

/** Link definitions are looked for where a block begins, so they always begin one. */
function canShare({ openKind, text }: Blocks, at: number, kind: BlockKind): boolean {
  if (kind === 'item') return true;
  return (
    openKind === 'text' &&
    kind === 'text' &&
    !text
      .slice(at, at + 4)
      .trimStart()
      .startsWith('[')
  );
}

function append(chunks: readonly Chunk[], block: Block): readonly Chunk[] {
  const last = chunks.at(-1);
  if (!last) return [{ first: 0, blocks: [block] }];
  const { first, blocks } = last;
  if (blocks.length >= CHUNK && block.kind !== 'item')
    return [...chunks, { first: first + blocks.length, blocks: [block] }];
  return [...chunks.slice(0, -1), { first, blocks: [...blocks, block] }];
}

function blockOf(blocks: Blocks, text: string): { block: Block; weight: number } {
  const { openKind: kind, loose } = blocks;
  const own = kind === 'fence' ? FENCE_WEIGHT : weigh(text);
  const weight = blocks.weight + (own.hostile ? FENCE_WEIGHT.weight : own.weight);
  const allowed = BASE_WEIGHT + WEIGHT_PER_CHARACTER * (blocks.openStart + text.length);
  const plain = own.hostile || weight > allowed;
  const mentions = plain || kind === 'fence' ? noMentions : mentionsIn(text);
  return { block: { text, kind, plain, loose, mentions }, weight };
}

function refer(references: References, block: Block, index: number): References {
  if (block.plain || block.kind === 'fence') return references;
  if (block.kind === 'note') return withNote(references, block.text);
  return withMentions(withLinks(references, block.text), { index, mentions: block.mentions });
}
