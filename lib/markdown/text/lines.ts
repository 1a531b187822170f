/** What a line can start, after its container markers are removed and tabs expanded. */

export interface Fence {
  readonly char: string;
  readonly length: number;
  /** For a Markdown fence: how many nested fences are open. Null: another language, without nesting. */
  readonly inner: number | null;
}

export interface Marker {
  /** `-`, `+`, `*`, `.` or `)`: items of one list share it. */
  readonly type: string;
  /** Columns up to the item's content. */
  readonly offset: number;
  readonly empty: boolean;
  /** False for an empty item, or one that does not start at 1: these cannot interrupt a paragraph. */
  readonly interrupts: boolean;
}

export const LEADING_BLANK_LINES = /^(?:[ \t]*(?:\r\n|\n|\r))*/;

export function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let out = '';
  for (const char of line) out += char === '\t' ? ' '.repeat(4 - (out.length % 4)) : char;
  return out;
}

export function isBlank(line: string): boolean {
  return !/[^ \t\r\n]/.test(line);
}

export function withoutOuterBlankLines(text: string): string {
  const lead = LEADING_BLANK_LINES.exec(text)?.[0].length ?? 0;
  return text.slice(lead).trimEnd();
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

export function fenceAt(line: string): Fence | null {
  if (!/^[`~]/.test(line)) return null;
  const run = /^(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line);
  const fence = run?.[1] ?? run?.[2];
  if (fence === undefined) return null;
  const { length } = fence;
  const isMarkdown = /^ *(?:markdown|md|mdx)(?![\w-])/i.test(line.slice(length));
  return { char: fence.charAt(0), length, inner: isMarkdown ? 0 : null };
}

/** The fence after one of its lines; null when the line closes it. In a Markdown fence, named fences nest. */
export function fenceAfter(line: string, fence: Fence): Fence | null {
  if (closesFence(line, fence))
    return fence.inner === null || fence.inner === 0 ? null : { ...fence, inner: fence.inner - 1 };
  if (fence.inner === null) return fence;
  const indent = indentOf(line);
  const opened = indent > 3 ? null : fenceAt(line.slice(indent));
  const nests =
    opened?.char === fence.char &&
    opened.length >= fence.length &&
    line.trim().length > opened.length;
  return nests ? { ...fence, inner: fence.inner + 1 } : fence;
}

function closesFence(line: string, fence: Fence): boolean {
  const run = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line)?.[1];
  return run !== undefined && run.startsWith(fence.char) && run.length >= fence.length;
}

export function isHeading(line: string): boolean {
  return /^#{1,6}(?: |$)/.test(line);
}

export function isThematicBreak(line: string): boolean {
  const [mark] = line;
  if (mark !== '*' && mark !== '-' && mark !== '_') return false;
  let marks = 0;
  for (const char of line) {
    if (char === mark) marks += 1;
    else if (char !== ' ') return false;
  }
  return marks >= 3;
}

export function isSetextUnderline(line: string): boolean {
  return /^(?:=+|-+) *$/.test(line);
}

/** Cell by cell: one pattern for the whole row would backtrack over its spaces. */
export function isDelimiterRow(line: string): boolean {
  if (!/^[-:|]/.test(line) || !/^[-:| ]*$/.test(line) || !/[|:]/.test(line)) return false;
  return cellsOf(line).every((cell) => /^:?-+:?$/.test(cell.trim()));
}

function cellsOf(line: string): readonly string[] {
  const row = line.trim();
  const to = row.length > 1 && row.endsWith('|') ? -1 : row.length;
  return row.slice(row.startsWith('|') ? 1 : 0, to).split('|');
}

export function cellsIn(line: string): number {
  return line.includes('|') ? cellsOf(line.replace(/\\\|/g, 'x')).length : 1;
}

/** The head of a footnote definition: `[^label]:` and the spaces after it. */
export function noteHeadAt(line: string): string | null {
  if (!line.startsWith('[^')) return null;
  return /^\[\^(?:[^\]\\[\s]|\\.){1,999}\]: */.exec(line)?.[0] ?? null;
}

/** The list marker at the start of `line`; columns count from `indent` columns further left. */
export function markerAt(line: string, indent: number): Marker | null {
  const found = /^(?:([-+*])|(\d{1,9})([.)]))( *)/.exec(line);
  if (!found) return null;
  const [head, bullet, number, delimiter, spaces = ''] = found;
  const empty = head.length === line.length;
  if (spaces === '' && !empty) return null;
  const width = head.length - spaces.length;
  const gap = empty || spaces.length > 4 ? 1 : spaces.length;
  return {
    type: bullet ?? delimiter ?? '',
    offset: indent + width + gap,
    empty,
    interrupts: !empty && (bullet !== undefined || number === '1'),
  };
}
