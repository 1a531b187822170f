// Pure: imports nothing of the app.
import { isBlank } from '@/lib/markdown/text/lines';
import { type Block, blockOf, refer } from './block';
import {
  type Blocks,
  NO_BLOCKS,
  cut,
  cutOverlong,
  endsFence,
  isInFold,
  isLoose,
  startAt,
} from './block-ends';
import { type Chunk, append, countOf } from './chunks';
import type { References } from './references';
import { scanLine } from './scan';

/** Longer texts are shown as source. */
const MAX_CHARACTERS = 400_000;
const MAX_BLOCKS = 3_000;
const BASE_LINES = 2_000;
const CHARACTERS_PER_LINE = 20;
/** The start of a line decides its kind. */
const LONG_LINE = 500;
const MAX_LINE = 2_000;
/** A line that starts like this is of the same kind whatever follows. */
const DECIDED = /^(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6}) )?(?:\*\*)?\p{L}/u;

/** Splits a text into blocks that can be parsed alone, and weighs them, in one linear scan. */
export function splitBlocks(text: string): Blocks {
  return advanceBlocks(NO_BLOCKS, text);
}

/** Extends the blocks with a longer text. Settled blocks stay; only what follows them is scanned. */
export function advanceBlocks(previous: Blocks, text: string): Blocks {
  if (text === previous.text) return previous;
  const base = text.startsWith(previous.text) ? previous : NO_BLOCKS;
  return cutBeforeDecidedTail(takeIn({ ...base, text }));
}

function takeIn(start: Blocks): Blocks {
  let blocks = start;
  let end = lineEnd(blocks);
  while (blocks.next !== 'all' && (end || isLongTail(blocks))) {
    if (blocks.next === 'line') blocks = takeInLine(blocks, end);
    if (blocks.next === 'inLine') blocks = takeInRest(blocks, end);
    if (blocks.next === 'inLine') break;
    blocks = cutOverlong(blocks, blocks.scanned);
    if (isSpent(blocks)) blocks = { ...cut(blocks, blocks.scanned, 'text'), ...ALL_PLAIN };
    end = lineEnd(blocks);
  }
  return blocks.next === 'line' ? blocks : cutOverlong(blocks, blocks.text.length);
}

const ALL_PLAIN = { next: 'all', openKind: 'text', overlong: true } as const;

/** The rest of a line whose start has been scanned. */
function takeInRest(blocks: Blocks, end: LineEnd | null): Blocks {
  if (end) {
    const after: Blocks = { ...blocks, scanned: end.next, next: 'line' };
    return endsFence(after) ? cut(after, end.next, 'text') : after;
  }
  const { text } = blocks;
  return { ...blocks, scanned: text.endsWith('\r') ? text.length - 1 : text.length };
}

interface LineEnd {
  readonly at: number;
  readonly next: number;
}

function lineEnd({ text, scanned }: Blocks): LineEnd | null {
  // A trailing carriage return may be half of a CRLF.
  const ending = /\r\n|\n|\r(?!$)/g;
  ending.lastIndex = scanned;
  const found = ending.exec(text);
  return found && { at: found.index, next: ending.lastIndex };
}

const isLongTail = ({ text, scanned, next }: Blocks): boolean =>
  next === 'inLine' || text.length - scanned > MAX_LINE;

/** A line too long to be decided by its end is scanned by its start. */
function takeInLine(blocks: Blocks, end: LineEnd | null): Blocks {
  const { scanned } = blocks;
  if (!end || end.at - scanned > MAX_LINE)
    return { ...takeInTo(blocks, scanned + MAX_LINE), scanned: scanned + MAX_LINE, next: 'inLine' };
  const after = { ...takeInTo(blocks, end.at), scanned: end.next };
  return endsFence(after) ? cut(after, end.next, 'text') : after;
}

function takeInTo(blocks: Blocks, to: number): Blocks {
  const { text, scanned, scan: before } = blocks;
  const { scan: after, starts } = scanLine(before, text.slice(scanned, to));
  const cutsFold = starts !== null && before.folds > 0 && !isInFold(blocks);
  const scan = cutsFold ? { ...after, folds: Math.max(0, after.folds - before.folds) } : after;
  const started = starts ? startAt(blocks, starts) : blocks;
  const lines = started.lines + (scan.leaf.kind === 'fence' ? 0 : 1);
  return { ...started, scan, lines, loose: isLoose(scan) };
}

function isSpent({ settled, scanned, lines }: Blocks): boolean {
  return (
    scanned > MAX_CHARACTERS ||
    lines > BASE_LINES + scanned / CHARACTERS_PER_LINE ||
    countOf(settled) > MAX_BLOCKS
  );
}

/** An incomplete line may already be certain to start a block. */
function cutBeforeDecidedTail(blocks: Blocks): Blocks {
  return DECIDED.test(tailOf(blocks)) ? cutBeforeTail(blocks) : blocks;
}

/** The blocks if the text ends here. Not to be extended: a longer last line may be parsed differently. */
export function endedHere(blocks: Blocks): Blocks {
  return isBlank(tailOf(blocks)) ? blocks : cutBeforeTail(blocks);
}

function tailOf({ text, scanned, next }: Blocks): string {
  return next === 'line' ? text.slice(scanned, scanned + LONG_LINE) : '';
}

function cutBeforeTail(blocks: Blocks): Blocks {
  const { scan, starts } = scanLine(blocks.scan, tailOf(blocks));
  const { nextNumber } = blocks;
  // The line itself will be scanned and counted later.
  const cutHere = starts ? { ...startAt(blocks, starts), nextNumber } : blocks;
  return { ...cutHere, loose: isLoose(scan) };
}

export function openBlock(blocks: Blocks): Block {
  return blockOf(blocks, blocks.text.slice(blocks.openStart)).block;
}

/** The whole text in chunks. The open block is where it will settle, so that nothing remounts. */
export function allChunks(blocks: Blocks, open: Block): readonly Chunk[] {
  return append(blocks.settled, open);
}

/** Includes the open block's definitions: a text may end with them. */
export function allReferences(blocks: Blocks, open: Block, streaming: boolean): References {
  const whole = streaming && open.kind === 'note' ? { ...open, text: wholeLines(open.text) } : open;
  return refer(blocks.references, whole, countOf(blocks.settled));
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
