import { type Chunk, append, countOf } from './chunks';
import { type Mentions, mentionsIn, noMentions } from '@/lib/markdown/text/mentions';
import { isBlank } from '@/lib/markdown/text/lines';
import { MAX_BLOCK_CHARACTERS, parseCost } from './parse-cost';
import { type References, noReferences, withLinks, withMentions, withNote } from './references';
import { wholeCharacters } from '@/lib/markdown/text/whole-characters';
import { type BlockKind, type Scan, scanLine, startOfText } from './scan';

/** A piece of Markdown that parses the same alone as in its place, given the definitions it refers to. */
export interface Block {
  readonly text: string;
  readonly kind: BlockKind;
  /** Too costly to parse: shown as source. */
  readonly plain: boolean;
  /** For an item: a blank line up to here makes its list loose. */
  readonly loose: boolean;
  /** For an item: its number, whatever the source has. */
  readonly number: number;
  /** Roughly proportional to its render time. */
  readonly weight: number;
  readonly mentions: Mentions;
}

export interface Blocks {
  readonly text: string;
  readonly settled: readonly Chunk[];
  readonly references: References;
  readonly weight: number;
  readonly openStart: number;
  readonly openKind: BlockKind;
  /** The open block is the rest of one that grew too long, and as plain. */
  readonly overlong: boolean;
  /** Where the unscanned text starts, and the block structure before it. */
  readonly scanned: number;
  readonly scan: Scan;
  /** `line`: a new line starts there. `inLine`: its start has been scanned. `all`: the rest is plain. */
  readonly next: 'line' | 'inLine' | 'all';
  /** Scanned lines that were not code. */
  readonly lines: number;
  /** Whether the open block is part of a loose list. */
  readonly loose: boolean;
  /** The numbers of the open block's first item, and of an item that may start with the next line. */
  readonly openNumber: number;
  readonly nextNumber: number;
}

/** Parsing has a fixed cost, so short blocks are merged. */
const MIN_BLOCK = 160;
/** The maximum weight of a text: plenty for tables and links, a limit for a hostile text. */
const BASE_WEIGHT = 8_000;
const WEIGHT_PER_CHARACTER = 0.6;
/** Longer texts are shown as source. */
const MAX_CHARACTERS = 400_000;
const MAX_BLOCKS = 3_000;
const BASE_LINES = 2_000;
const CHARACTERS_PER_LINE = 20;
/** The start of a line decides its kind. */
const LONG_LINE = 500;
const MAX_LINE = 2_000;
const PLAIN_WEIGHT = 12;
/** Characters of code per unit of weight, highlighted and plain. */
const CODE = 2;
const LONG_CODE = 100;
const MAX_COLOURED = 12_000;

/** The maximum characters that a fold can add to a block; what follows is not folded. */
const MAX_FOLD = 4_000;

/** A line that starts like this is of the same kind whatever follows. */
const DECIDED = /^(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6}) )?(?:\*\*)?\p{L}/u;

const NO_BLOCKS: Blocks = {
  text: '',
  settled: [],
  references: noReferences,
  weight: 0,
  openStart: 0,
  openKind: 'text',
  overlong: false,
  scanned: 0,
  scan: startOfText,
  next: 'line',
  lines: 0,
  loose: false,
  openNumber: 1,
  nextNumber: 1,
};

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

const endsFence = ({ openKind, scan }: Blocks): boolean =>
  openKind === 'fence' && scan.leaf.kind !== 'fence';

/** A fold stays in one block unless it is too long. */
const isInFold = ({ scan, scanned, openStart }: Blocks): boolean =>
  scan.folds > 0 && scanned - openStart < MAX_FOLD;

/** A block or a list item starts with the next line. */
function startAt(blocks: Blocks, kind: BlockKind): Blocks {
  const { scan, scanned, text } = blocks;
  if (isInFold(blocks)) return blocks;
  const nextNumber = kind === 'list' ? numberAt(text, scanned) : blocks.nextNumber;
  const next = cut({ ...blocks, nextNumber, loose: isLoose(scan) }, scanned, kind);
  return kind === 'list' || kind === 'item' ? { ...next, nextNumber: nextNumber + 1 } : next;
}

const numberAt = (text: string, at: number): number =>
  Number(/^ {0,3}(\d{1,9})/.exec(text.slice(at, at + 12))?.[1] ?? 1);

function isSpent({ settled, scanned, lines }: Blocks): boolean {
  return (
    scanned > MAX_CHARACTERS ||
    lines > BASE_LINES + scanned / CHARACTERS_PER_LINE ||
    countOf(settled) > MAX_BLOCKS
  );
}

/** Cuts a block that is too long to be parsed, so that no element grows without limit. */
function cutOverlong(blocks: Blocks, reached: number): Blocks {
  let shortened = blocks;
  while (shortened.openKind !== 'fence' && reached - shortened.openStart > MAX_BLOCK_CHARACTERS) {
    const { openStart, openKind, text } = shortened;
    const most = text.slice(openStart, openStart + MAX_BLOCK_CHARACTERS);
    const lastLine = most.lastIndexOf('\n') + 1;
    const length = lastLine > most.length / 2 ? lastLine : wholeCharacters(most);
    const piece = { ...shortened, overlong: true };
    shortened = { ...settle(piece, openStart + length, openKind), overlong: true };
  }
  return shortened;
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

function isLoose({ list }: Scan): boolean {
  return list?.loose === true;
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

function cut(blocks: Blocks, at: number, kind: BlockKind): Blocks {
  const text = blocks.text.slice(blocks.openStart, at);
  const { nextNumber: openNumber } = blocks;
  if (isBlank(text)) return { ...blocks, openKind: kind, overlong: false, openNumber };
  if (!blocks.overlong && text.length < MIN_BLOCK && canShare(blocks, at, kind)) return blocks;
  return { ...settle(blocks, at, kind), overlong: false };
}

function settle(blocks: Blocks, at: number, kind: BlockKind): Blocks {
  const { block, weight } = blockOf(blocks, blocks.text.slice(blocks.openStart, at));
  const references = refer(blocks.references, block, countOf(blocks.settled));
  const settled = append(blocks.settled, block);
  const { nextNumber: openNumber } = blocks;
  return { ...blocks, references, weight, settled, openStart: at, openKind: kind, openNumber };
}

/** Link definitions are parsed only at the start of a block, so each starts one. */
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

function blockOf(blocks: Blocks, text: string): { block: Block; weight: number } {
  const { openKind: kind, loose, overlong, openNumber: number } = blocks;
  const own = kind === 'fence' ? fenceWeight(text) : parseCost(text);
  const hostile = own.hostile || overlong;
  const counted = kind === 'fence' || hostile ? PLAIN_WEIGHT : own.weight;
  const weight = blocks.weight + counted;
  const allowed = BASE_WEIGHT + WEIGHT_PER_CHARACTER * (blocks.openStart + text.length);
  const plain = hostile || weight > allowed;
  const mentions = plain || kind === 'fence' ? noMentions : mentionsIn(text);
  const drawing = plain ? PLAIN_WEIGHT : own.weight;
  return { block: { text, kind, plain, loose, number, weight: drawing, mentions }, weight };
}

function fenceWeight({ length }: string) {
  const perCharacter = length > MAX_COLOURED ? LONG_CODE : CODE;
  return { weight: PLAIN_WEIGHT + length / perCharacter, hostile: false };
}

function refer(references: References, block: Block, index: number): References {
  if (block.plain || block.kind === 'fence') return references;
  if (block.kind === 'note') return withNote(references, block.text);
  return withMentions(withLinks(references, block.text), { index, mentions: block.mentions });
}
