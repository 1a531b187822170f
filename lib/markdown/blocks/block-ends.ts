import { isBlank } from '@/lib/markdown/text/lines';
import { wholeCharacters } from '@/lib/markdown/text/whole-characters';
import { type OpenBlock, blockOf, refer } from './block';
import { type Chunk, append, countOf } from './chunks';
import { MAX_BLOCK_CHARACTERS } from './parse-cost';
import { type References, noReferences } from './references';
import { type BlockKind, type Scan, startOfText } from './scan';

/** A text as far as it is split: settled blocks and the open one. */
export interface Blocks extends OpenBlock {
  readonly text: string;
  readonly settled: readonly Chunk[];
  readonly references: References;
  /** Where the unscanned text starts, and the block structure before it. */
  readonly scanned: number;
  readonly scan: Scan;
  /** `line`: a new line starts there. `inLine`: its start has been scanned. `all`: the rest is plain. */
  readonly next: 'line' | 'inLine' | 'all';
  /** Scanned lines that were not code. */
  readonly lines: number;
  /** The number of an item that may start with the next line. */
  readonly nextNumber: number;
}

export const NO_BLOCKS: Blocks = {
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

/** Parsing has a fixed cost, so short blocks are merged. */
const MIN_BLOCK = 160;

/** The maximum characters that a fold can add to a block; what follows is not folded. */
const MAX_FOLD = 4_000;

export const endsFence = ({ openKind, scan }: Blocks): boolean =>
  openKind === 'fence' && scan.leaf.kind !== 'fence';

/** A fold stays in one block unless it is too long. */
export const isInFold = ({ scan, scanned, openStart }: Blocks): boolean =>
  scan.folds > 0 && scanned - openStart < MAX_FOLD;

/** A block or a list item starts with the next line. */
export function startAt(blocks: Blocks, kind: BlockKind): Blocks {
  const { scan, scanned, text } = blocks;
  if (isInFold(blocks)) return blocks;
  const nextNumber = kind === 'list' ? numberAt(text, scanned) : blocks.nextNumber;
  const next = cut({ ...blocks, nextNumber, loose: isLoose(scan) }, scanned, kind);
  return kind === 'list' || kind === 'item' ? { ...next, nextNumber: nextNumber + 1 } : next;
}

const numberAt = (text: string, at: number): number =>
  Number(/^ {0,3}(\d{1,9})/.exec(text.slice(at, at + 12))?.[1] ?? 1);

/** Cuts a block that is too long to be parsed, so that no element grows without limit. */
export function cutOverlong(blocks: Blocks, reached: number): Blocks {
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

export function isLoose({ list }: Scan): boolean {
  return list?.loose === true;
}

/** Ends the open block at `at` unless it can share one with what follows, of kind `kind`. */
export function cut(blocks: Blocks, at: number, kind: BlockKind): Blocks {
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
