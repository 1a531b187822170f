import { isBlank } from './lines';
import { weigh } from './nesting';
import {
  type Mentions,
  type References,
  mentionsIn,
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
  readonly mentions: Mentions;
}

export interface Blocks {
  readonly text: string;
  /** In chunks, so that neither copying nor comparing them grows with the text; a full chunk never changes. */
  readonly settled: readonly (readonly Block[])[];
  readonly references: References;
  readonly weight: number;
  readonly openStart: number;
  readonly openKind: BlockKind;
  /** Where the first line starts that has not been taken in, and the structure before it. */
  readonly scanned: number;
  readonly scan: Scan;
}

export const CHUNK = 32;
/** Parsing has a fixed cost, so short blocks share it. */
const MIN_BLOCK = 160;
const MAX_TOTAL_WEIGHT = 24_000;

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
};

export function splitBlocks(text: string): Blocks {
  return advanceBlocks(NO_BLOCKS, text);
}

/** Takes in a longer text. What is settled stays as it is; only what came after it is looked at. */
export function advanceBlocks(previous: Blocks, text: string): Blocks {
  if (text === previous.text) return previous;
  const base = text.startsWith(previous.text) ? previous : NO_BLOCKS;
  return cutBeforeTail(takeInLines({ ...base, text }));
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
    if (line.starts) blocks = cut(blocks, scanned, line.starts);
    scan = line.scan;
    scanned = ending.lastIndex;
    if (blocks.openKind === 'fence' && scan.leaf.kind !== 'fence')
      blocks = cut(blocks, scanned, 'text');
  }
  return { ...blocks, scan, scanned };
}

/** A line that is not whole yet may already be sure to start a block. */
function cutBeforeTail(blocks: Blocks): Blocks {
  const tail = blocks.text.slice(blocks.scanned, blocks.scanned + 80);
  if (!DECIDED.test(tail)) return blocks;
  const { starts } = scanLine(blocks.scan, tail);
  return starts ? cut(blocks, blocks.scanned, starts) : blocks;
}

export function openBlock(blocks: Blocks): Block {
  return blockOf(blocks, blocks.text.slice(blocks.openStart)).block;
}

export function settledCount(blocks: Blocks): number {
  const last = blocks.settled.at(-1);
  return last ? (blocks.settled.length - 1) * CHUNK + last.length : 0;
}

/** Definitions that the open block holds count as well: a text may end with them. */
export function openReferences(blocks: Blocks, open: Block): References {
  return refer(blocks.references, open, settledCount(blocks));
}

function cut(blocks: Blocks, at: number, kind: BlockKind): Blocks {
  const text = blocks.text.slice(blocks.openStart, at);
  if (isBlank(text)) return { ...blocks, openKind: kind };
  if (
    text.length < MIN_BLOCK &&
    kind === 'text' &&
    blocks.openKind === 'text' &&
    !mayDefine(blocks.text, at)
  )
    return blocks;
  const moved = { ...blocks, openStart: at, openKind: kind };
  const { block, weight } = blockOf(blocks, text);
  const references = refer(blocks.references, block, settledCount(blocks));
  return { ...moved, references, weight, settled: append(blocks.settled, block) };
}

/** Link definitions are looked for where a block begins. */
function mayDefine(text: string, at: number): boolean {
  return text
    .slice(at, at + 4)
    .trimStart()
    .startsWith('[');
}

function append(chunks: Blocks['settled'], block: Block): Blocks['settled'] {
  const last = chunks.at(-1);
  if (!last || last.length === CHUNK) return [...chunks, [block]];
  return [...chunks.slice(0, -1), [...last, block]];
}

function blockOf(blocks: Blocks, text: string): { block: Block; weight: number } {
  const kind = blocks.openKind;
  if (kind === 'fence') {
    return {
      block: { text, kind, plain: false, mentions: { links: [], notes: [] } },
      weight: blocks.weight + 4,
    };
  }
  const own = isBlank(text) ? { weight: 0, hostile: false } : weigh(text);
  const weight = blocks.weight + (own.hostile ? 4 : own.weight);
  const plain = own.hostile || weight > MAX_TOTAL_WEIGHT;
  const mentions = plain ? { links: [], notes: [] } : mentionsIn(text);
  return { block: { text, kind, plain, mentions }, weight };
}

function refer(references: References, block: Block, index: number): References {
  if (block.plain || block.kind === 'fence') return references;
  if (block.kind === 'note') return withNote(references, block.text);
  return withMentions(withLinks(references, block.text), { index, mentions: block.mentions });
}
