import {
  type Fence,
  cellsIn,
  fenceAfter,
  fenceAt,
  indentOf,
  isBlank,
  isDelimiterRow,
  isHeading,
  isSetextUnderline,
  isThematicBreak,
} from '@/lib/markdown/text/lines';
import { closerIn, displayAt, displayMarks } from '@/lib/markdown/formulas/delimiters';
import { shielded } from '@/lib/markdown/text/shielded';
import { isFoldLine } from '@/lib/markdown/folds/folds-in-line';

/** The innermost open block, a leaf block (CommonMark). */
export type Leaf =
  | { readonly kind: 'none' | 'table' | 'indented' }
  /** The last line may become a table's head, the first one a link definition. */
  | { readonly kind: 'paragraph'; readonly last: string; readonly defines: boolean }
  | { readonly kind: 'fence'; readonly fence: Fence }
  /** On its own lines, up to its closer or a blank line. */
  | { readonly kind: 'formula'; readonly closer: string };

export const NO_LEAF: Leaf = { kind: 'none' };

/** Its lines are not Markdown. */
export const ownsLines = ({ kind }: Leaf): boolean => kind === 'fence' || kind === 'formula';

/** For leaves that own whole lines: the leaf open after the line; null when the line may belong elsewhere. */
export function afterOwnLine(leaf: Leaf, rest: string): Leaf | null {
  switch (leaf.kind) {
    case 'fence':
      return fenceLeaf(fenceAfter(rest, leaf.fence), leaf);
    case 'formula':
      return isBlank(rest) || closerIn(rest, leaf.closer) >= 0 ? NO_LEAF : leaf;
    case 'indented':
      return isBlank(rest) || indentOf(rest) >= 4 ? leaf : null;
    case 'none':
    case 'paragraph':
    case 'table':
      return null;
  }
}

function fenceLeaf(fence: Fence | null, before: Extract<Leaf, { kind: 'fence' }>): Leaf {
  if (fence === null) return NO_LEAF;
  return fence === before.fence ? before : { kind: 'fence', fence };
}

/** Blocks that an empty item, or one that does not start at 1, cannot interrupt. */
export function canBeInterrupted({ kind }: Leaf): boolean {
  return kind === 'paragraph' || kind === 'table' || kind === 'indented';
}

/**
 * The open leaf continued by the line; null when the line starts something. `matched`: the line is inside all its
 * containers.
 */
export function continued(leaf: Leaf, rest: string, matched: boolean): Leaf | null {
  const indent = indentOf(rest);
  const text = rest.slice(indent);
  if (leaf.kind === 'paragraph')
    return indent > 3 ? { ...leaf, last: text } : afterParagraphLine(leaf, text, matched);
  // Outside its container a table ends, but what looks like a table may be a lazy paragraph continuation.
  return leaf.kind === 'table' && indent < 4 && !startsLeaf(text) && isRow(text) ? leaf : null;
}

function afterParagraphLine(
  leaf: Extract<Leaf, { kind: 'paragraph' }>,
  text: string,
  matched: boolean,
): Leaf | null {
  if (matched && underlines(leaf, text)) return NO_LEAF;
  if (startsLeaf(text) || (!matched && isTitle(text))) return null;
  if (matched && isDelimiterRow(text) && isHead(leaf.last, cellsIn(text))) return { kind: 'table' };
  return { ...leaf, last: text };
}

/** Authors mean a line without a pipe to follow the table, not to be a row of it. */
const isRow = (line: string): boolean => line.includes('|');

/** A bold line is meant to stand for itself, not to go on in the list item or quote above it. */
const isTitle = (line: string): boolean =>
  /^\*\*[^*]{1,200}(?:\*\*[:：]?$|[:：]\*\*(?: |$))/.test(line.trimEnd());

/** Under a sentence three dashes are a rule; under a title they underline it. */
const isRuleUnder = (above: string, line: string): boolean =>
  line.trimEnd() === '---' && /[.!?:;,。！？：；，…]["'”’)）」*_]*\s*$/.test(above);

/** Whether the standard would take a line into the block above, and the scanner does not. */
export function isApart(above: Leaf, leaf: Leaf, line: string): boolean {
  if (above.kind === 'table') return leaf.kind === 'paragraph' && !isRow(line);
  if (above.kind !== 'paragraph') return false;
  return leaf.kind === 'paragraph' ? isTitle(line) : isRuleUnder(above.last, line);
}

const isHead = (line: string, columns: number): boolean =>
  cellsIn(line) === columns || cellsIn(shielded(line)) === columns;

/** A definition cannot be a setext heading: a short underline continues the paragraph as text. */
function underlines(leaf: Leaf, text: string): boolean {
  if (!isSetextUnderline(text)) return false;
  if (leaf.kind === 'paragraph' && isRuleUnder(leaf.last, text)) return false;
  return !(leaf.kind === 'paragraph' && leaf.defines) || isThematicBreak(text);
}

export function leafFrom(rest: string): Leaf {
  const indent = indentOf(rest);
  if (isBlank(rest)) return NO_LEAF;
  if (indent > 3) return { kind: 'indented' };
  const text = rest.slice(indent);
  return (
    startsLeaf(text) ?? {
      kind: 'paragraph',
      last: text,
      defines: text.startsWith('['),
    }
  );
}

/** Most lines start no leaf, and their first character is enough to tell. */
const MARKS_LEAF = /^[#*\-_`~<$\\]/;

function startsLeaf(text: string): Leaf | null {
  if (!MARKS_LEAF.test(text)) return null;
  if (isHeading(text) || isThematicBreak(text)) return NO_LEAF;
  const fence = fenceAt(text);
  if (fence) return { kind: 'fence', fence };
  if (isFoldLine(text)) return NO_LEAF;
  const formula = displayAt(text);
  if (formula === null) return null;
  return formula === 'whole'
    ? NO_LEAF
    : { kind: 'formula', closer: displayMarks(text)?.closer ?? '$$' };
}
