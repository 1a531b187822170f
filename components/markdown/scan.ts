import {
  type Fence,
  cellsIn,
  closesFence,
  expandTabs,
  fenceAt,
  htmlAt,
  indentOf,
  isBlank,
  isDelimiterRow,
  isHeading,
  isSetextUnderline,
  isThematicBreak,
  markerAt,
  noteHeadAt,
} from './lines';

type Container =
  | { readonly kind: 'quote' }
  | { readonly kind: 'note' }
  | { readonly kind: 'item'; readonly offset: number; readonly hollow: boolean };

type Leaf =
  | { readonly kind: 'none' | 'table' | 'indented' }
  /** Its last line may turn out to be a table's head with so many cells, its first one a link definition. */
  | { readonly kind: 'paragraph'; readonly cells: number; readonly defines: boolean }
  | { readonly kind: 'fence'; readonly fence: Fence }
  | { readonly kind: 'html'; readonly end: RegExp | 'blank' };

export type BlockKind = 'text' | 'fence' | 'note';

/** Where the block structure stands between two lines. */
export interface Scan {
  readonly stack: readonly Container[];
  readonly leaf: Leaf;
  /** Marker type of the list at the top level, as long as another item could join it. */
  readonly list: string | null;
}

export interface Scanned {
  readonly scan: Scan;
  /** Set when a new block starts at the top level with this line. */
  readonly starts: BlockKind | null;
}

/** What an empty item or one that counts from another number than 1 cannot break into. */
const INTERRUPTIBLE: ReadonlySet<Leaf['kind']> = new Set(['paragraph', 'table', 'indented']);
const NONE: Leaf = { kind: 'none' };
export const MAX_DEPTH = 20;

export const startOfText: Scan = { stack: [], leaf: NONE, list: null };

/** Takes in one whole line, without its line ending. */
export function scanLine(scan: Scan, raw: string): Scanned {
  const line = expandTabs(raw);
  const { depth, rest } = matchContainers(scan.stack, line);
  const matched = depth === scan.stack.length;
  if (matched) {
    const inside = continueLeaf(scan, rest);
    if (inside) return { scan: inside, starts: null };
  }
  if (isBlank(rest)) return { scan: afterBlank(scan, depth), starts: null };
  return startBlocks(scan, rest, depth);
}

function matchContainers(stack: readonly Container[], line: string) {
  let rest = line;
  let depth = 0;
  for (const container of stack) {
    const next = enter(container, rest);
    if (next === null) break;
    rest = next;
    depth += 1;
  }
  return { depth, rest };
}

/** What is left of the line inside the container, null when the line is not inside. */
function enter(container: Container, rest: string): string | null {
  if (container.kind === 'quote') {
    const mark = /^ {0,3}> ?/.exec(rest);
    return mark ? rest.slice(mark[0].length) : null;
  }
  if (isBlank(rest)) return container.kind === 'item' && container.hollow ? null : rest;
  const offset = container.kind === 'note' ? 4 : container.offset;
  return indentOf(rest) >= offset ? rest.slice(offset) : null;
}

/** For leaves that own the whole line whatever it says. */
function continueLeaf(scan: Scan, rest: string): Scan | null {
  const { leaf } = scan;
  switch (leaf.kind) {
    case 'fence':
      return closesFence(rest, leaf.fence) ? { ...scan, leaf: NONE } : scan;
    case 'html':
      if (leaf.end === 'blank') return isBlank(rest) ? { ...scan, leaf: NONE } : scan;
      return leaf.end.test(rest) ? { ...scan, leaf: NONE } : scan;
    case 'indented':
      return isBlank(rest) || indentOf(rest) >= 4 ? scan : null;
    case 'none':
    case 'paragraph':
    case 'table':
      return null;
  }
}

function afterBlank(scan: Scan, depth: number): Scan {
  if (depth === scan.stack.length && scan.leaf.kind === 'none') return scan;
  return { ...scan, stack: scan.stack.slice(0, depth), leaf: NONE };
}

function startBlocks(scan: Scan, line: string, depth: number): Scanned {
  const matched = depth === scan.stack.length;
  const interrupting = matched && INTERRUPTIBLE.has(scan.leaf.kind);
  const opened: Container[] = [];
  let rest = line;
  let list: string | null = null;
  let open = true;
  while (open && depth + opened.length < MAX_DEPTH) {
    const step = openContainer(rest, interrupting);
    if (!step) open = false;
    else {
      if (opened.length === 0) list = step.list;
      opened.push(...step.containers);
      rest = step.rest;
    }
  }
  const fresh = opened.length > 0;
  const leaf = leafAt(scan, rest, { fresh, matched });
  if (leaf === 'continues')
    return { scan: { ...scan, leaf: continued(scan.leaf, rest) }, starts: null };
  if (leaf === 'underlines') return { scan: { ...scan, leaf: NONE }, starts: null };
  if (leaf === 'heads') return { scan: { ...scan, leaf: { kind: 'table' } }, starts: null };
  const stack = [...filled(scan.stack.slice(0, depth)), ...opened];
  const joins = depth > 0 || (list !== null && list === scan.list);
  const next: Scan = { stack, leaf, list: depth > 0 ? scan.list : list };
  return { scan: next, starts: joins ? null : kindOf(stack, leaf) };
}

/** An item that began with an empty line has its content now, and may hold blank lines from here on. */
function filled(stack: readonly Container[]): readonly Container[] {
  return stack.map((container) =>
    container.kind === 'item' && container.hollow ? { ...container, hollow: false } : container,
  );
}

function kindOf(stack: readonly Container[], leaf: Leaf): BlockKind {
  if (stack.length === 0) return leaf.kind === 'fence' ? 'fence' : 'text';
  return stack[0]?.kind === 'note' ? 'note' : 'text';
}

function openContainer(
  rest: string,
  interrupting: boolean,
): { containers: Container[]; rest: string; list: string | null } | null {
  const indent = indentOf(rest);
  if (indent > 3) return null;
  const text = rest.slice(indent);
  if (text.startsWith('>')) {
    const mark = text.startsWith('> ') ? 2 : 1;
    return { containers: [{ kind: 'quote' }], rest: text.slice(mark), list: null };
  }
  const note = noteHeadAt(text);
  if (note) return { containers: [{ kind: 'note' }], rest: text.slice(note.length), list: null };
  if (isThematicBreak(text)) return null;
  const marker = markerAt(text, indent);
  if (!marker || (interrupting && !marker.interrupts)) return null;
  const { offset, empty, type } = marker;
  return {
    containers: [{ kind: 'item', offset, hollow: empty }],
    rest: rest.slice(offset),
    list: type,
  };
}

function continued(leaf: Leaf, rest: string): Leaf {
  return leaf.kind === 'paragraph' ? { ...leaf, cells: cellsIn(rest) } : leaf;
}

type Found = Leaf | 'continues' | 'underlines' | 'heads';

/** The leaf that the line starts, or what it does to the open one. */
function leafAt(scan: Scan, rest: string, at: { fresh: boolean; matched: boolean }): Found {
  const continuing = !at.fresh && scan.leaf.kind === 'paragraph';
  const indent = indentOf(rest);
  if (isBlank(rest)) return NONE;
  if (indent > 3) return continuing ? 'continues' : { kind: 'indented' };
  const text = rest.slice(indent);
  if (continuing && at.matched && underlines(scan.leaf, text)) return 'underlines';
  const single = startsLeaf(text, continuing);
  if (single) return single;
  if (continuing) return at.matched && heads(scan.leaf, text) ? 'heads' : 'continues';
  // Outside its container a table ends, but what looks like one may be a paragraph that goes on there.
  if (!at.fresh && scan.leaf.kind === 'table') return 'continues';
  return { kind: 'paragraph', cells: cellsIn(text), defines: text.startsWith('[') };
}

/** Under a definition there is nothing to underline: a short line is text there, and the paragraph goes on. */
function underlines(leaf: Leaf, text: string): boolean {
  if (!isSetextUnderline(text)) return false;
  return !(leaf.kind === 'paragraph' && leaf.defines) || isThematicBreak(text);
}

function heads(leaf: Leaf, text: string): boolean {
  return leaf.kind === 'paragraph' && isDelimiterRow(text) && leaf.cells === cellsIn(text);
}

function startsLeaf(text: string, interrupting: boolean): Leaf | null {
  if (isHeading(text) || isThematicBreak(text)) return NONE;
  const fence = fenceAt(text);
  if (fence) return { kind: 'fence', fence };
  const html = htmlAt(text, interrupting);
  if (html === null) return null;
  return html === 'line' ? NONE : { kind: 'html', end: html };
}
