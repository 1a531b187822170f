import {
  type Fence,
  cellsIn,
  closesFence,
  fenceAt,
  htmlAt,
  indentOf,
  isBlank,
  isDelimiterRow,
  isHeading,
  isSetextUnderline,
  isThematicBreak,
} from './lines';

/** The innermost open block, which holds lines. */
export type Leaf =
  | { readonly kind: 'none' | 'table' | 'indented' }
  /** Its last line may turn out to be a table's head with so many cells, its first one a link definition. */
  | { readonly kind: 'paragraph'; readonly cells: number; readonly defines: boolean }
  | { readonly kind: 'fence'; readonly fence: Fence }
  | { readonly kind: 'html'; readonly end: RegExp | 'blank' };

export const NO_LEAF: Leaf = { kind: 'none' };

/** For leaves that own whole lines: what is open after the line, null where the line may be another's. */
export function afterOwnLine(leaf: Leaf, rest: string): Leaf | null {
  switch (leaf.kind) {
    case 'fence':
      return closesFence(rest, leaf.fence) ? NO_LEAF : leaf;
    case 'html':
      return endsHtml(leaf.end, rest) ? NO_LEAF : leaf;
    case 'indented':
      return isBlank(rest) || indentOf(rest) >= 4 ? leaf : null;
    case 'none':
    case 'paragraph':
    case 'table':
      return null;
  }
}

function endsHtml(end: RegExp | 'blank', rest: string): boolean {
  return end === 'blank' ? isBlank(rest) : end.test(rest);
}

/** What an empty item, or one that counts from another number than 1, cannot break into. */
export function canBeInterrupted({ kind }: Leaf): boolean {
  return kind === 'paragraph' || kind === 'table' || kind === 'indented';
}

/** What goes on in the open leaf, null when the line starts something. `matched`: inside of all its containers. */
export function continued(leaf: Leaf, rest: string, matched: boolean): Leaf | null {
  const indent = indentOf(rest);
  const text = rest.slice(indent);
  if (leaf.kind === 'paragraph') {
    if (indent > 3) return { ...leaf, cells: cellsIn(text) };
    if (matched && underlines(leaf, text)) return NO_LEAF;
    if (startsLeaf(text, true)) return null;
    if (matched && isDelimiterRow(text) && leaf.cells === cellsIn(text)) return { kind: 'table' };
    return { ...leaf, cells: cellsIn(text) };
  }
  // Outside its container a table ends, but what looks like one may be a paragraph that goes on there.
  return leaf.kind === 'table' && indent < 4 && !startsLeaf(text, false) ? leaf : null;
}

/** Under a definition there is nothing to underline: a short line is text there, and the paragraph goes on. */
function underlines(leaf: Leaf, text: string): boolean {
  if (!isSetextUnderline(text)) return false;
  return !(leaf.kind === 'paragraph' && leaf.defines) || isThematicBreak(text);
}

export function leafFrom(rest: string): Leaf {
  const indent = indentOf(rest);
  if (isBlank(rest)) return NO_LEAF;
  if (indent > 3) return { kind: 'indented' };
  const text = rest.slice(indent);
  return (
    startsLeaf(text, false) ?? {
      kind: 'paragraph',
      cells: cellsIn(text),
      defines: text.startsWith('['),
    }
  );
}

/** Most lines start nothing, and their first character says so. */
const MARKS_LEAF = /^[#*\-_`~<]/;

function startsLeaf(text: string, interrupting: boolean): Leaf | null {
  if (!MARKS_LEAF.test(text)) return null;
  if (isHeading(text) || isThematicBreak(text)) return NO_LEAF;
  const fence = fenceAt(text);
  if (fence) return { kind: 'fence', fence };
  const html = htmlAt(text, interrupting);
  if (html === null) return null;
  return html === 'line' ? NO_LEAF : { kind: 'html', end: html };
}
