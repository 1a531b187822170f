import {
  intendedContainers,
  type Container,
  filled,
  matchContainers,
  openContainers,
} from './containers';
import {
  type Leaf,
  NO_LEAF,
  afterOwnLine,
  canBeInterrupted,
  continued,
  isApart,
  leafFrom,
  ownsLines,
} from './leaves';
import { isBlank } from '@/lib/markdown/text/lines';
import { foldsIn, isFoldLine } from '@/lib/markdown/folds/folds-in-line';

/** `list` is the start of a list, `item` a later part of it that starts with an item. */
export type BlockKind = 'text' | 'fence' | 'note' | 'list' | 'item';

interface TopList {
  readonly marker: string;
  /** The marker of the last nested list in the last item. */
  readonly inner: string | null;
  /** Blank lines in it make all its items paragraphs. */
  readonly loose: boolean;
}

/** The state of the block structure between two lines. */
export interface Scan {
  readonly stack: readonly Container[];
  readonly leaf: Leaf;
  /** The top-level list, while another item could join it. */
  readonly list: TopList | null;
  readonly afterBlank: boolean;
  /** Open folds at the top level. */
  readonly folds: number;
}

export interface Scanned {
  readonly scan: Scan;
  /** Set when this line starts a new top-level block or list item. */
  readonly starts: BlockKind | null;
  /** The line continues the paragraph of the line before. */
  readonly continues: boolean;
}

export const startOfText: Scan = {
  stack: [],
  leaf: NO_LEAF,
  list: null,
  afterBlank: false,
  folds: 0,
};

/** Scans one whole line, without its line ending. */
export function scanLine(before: Scan, line: string): Scanned {
  const scanned = scanInContainers(before, line);
  const folds = foldsAfter(before, scanned.scan, line);
  return folds === before.folds ? scanned : { ...scanned, scan: { ...scanned.scan, folds } };
}

/** A fold is opened by its own line, and closed anywhere outside code. */
function foldsAfter({ folds }: Scan, { stack, leaf }: Scan, line: string): number {
  if (stack.length > 0 || (leaf.kind !== 'none' && leaf.kind !== 'paragraph')) return folds;
  if (!line.includes('<') || (folds === 0 && !isFoldLine(line.trimStart()))) return folds;
  return Math.max(0, folds + foldsIn(line));
}

function scanInContainers(before: Scan, line: string): Scanned {
  const scan = ownsLines(before.leaf)
    ? before
    : { ...before, stack: intendedContainers(before.stack, line) };
  const { depth, rest } = matchContainers(scan.stack, line);
  const matched = depth === scan.stack.length;
  const blank = isBlank(rest);
  const own = matched ? afterOwnLine(scan.leaf, rest) : null;
  if (own)
    return {
      scan: { ...scan, leaf: own, afterBlank: blank && isOpenEnded(own) },
      starts: null,
      continues: false,
    };
  if (blank) return { scan: blankLine(scan, depth), starts: null, continues: false };
  const { containers, rest: inner } = openContainers(rest, matched && canBeInterrupted(scan.leaf));
  const leaf = containers.length === 0 ? continued(scan.leaf, inner, matched) : null;
  if (leaf)
    return {
      scan: { ...scan, leaf, afterBlank: false },
      starts: null,
      continues: leaf.kind === 'paragraph',
    };
  const stack = [...filled(scan.stack.slice(0, depth)), ...containers];
  const next = leafFrom(inner);
  // The parser gets a blank line there.
  const isSetApart = containers.length === 0 && isApart(scan.leaf, next, inner.trimStart());
  const list = listAfter(isSetApart ? { ...scan, afterBlank: true } : scan, containers[0], depth);
  const starts = depth > 0 ? null : startKind(scan, stack, next);
  return {
    scan: { stack, leaf: next, list, afterBlank: false, folds: scan.folds },
    starts,
    continues: false,
  };
}

/** A blank line ends it, or may turn out to have ended it. */
function isOpenEnded({ kind }: Leaf): boolean {
  return kind === 'none' || kind === 'indented';
}

function blankLine(scan: Scan, depth: number): Scan {
  if (depth === scan.stack.length && scan.leaf.kind === 'none' && scan.afterBlank) return scan;
  return { ...scan, stack: scan.stack.slice(0, depth), leaf: NO_LEAF, afterBlank: true };
}

function listAfter(scan: Scan, first: Container | undefined, depth: number): TopList | null {
  const marker = first?.kind === 'item' ? first.marker : null;
  if (depth === 0) return marker === null ? null : withItem(scan, marker);
  return depth === 1 && scan.list ? withChild(scan.list, marker, scan.afterBlank) : scan.list;
}

function withItem({ list, afterBlank }: Scan, marker: string): TopList {
  const joins = list?.marker === marker;
  return { marker, inner: null, loose: joins && (list.loose || afterBlank) };
}

function withChild(list: TopList, marker: string | null, afterBlank: boolean): TopList {
  const joinsInner = marker !== null && marker === list.inner;
  return { ...list, inner: marker, loose: list.loose || (afterBlank && !joinsInner) };
}

function startKind(scan: Scan, stack: readonly Container[], leaf: Leaf): BlockKind {
  const [top] = stack;
  if (top?.kind === 'item') return top.marker === scan.list?.marker ? 'item' : 'list';
  if (top?.kind === 'note') return 'note';
  return stack.length === 0 && leaf.kind === 'fence' ? 'fence' : 'text';
}
