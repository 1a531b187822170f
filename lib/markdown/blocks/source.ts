import { lackingIn } from './containers';
import { isApart } from './leaves';
import { type Fence, cellsIn } from '@/lib/markdown/text/lines';
import { type Scan, scanLine, startOfText } from './scan';
import { shielded } from '@/lib/markdown/text/shielded';

/**
 * The source passed to the parser. Models write pipes inside code in tables, fences inside a Markdown fence, and bullets
 * under a number, in ways that people understand but GFM does not.
 */
const NEEDS_CARE = /(?:`{3}|~{3}) *(?:markdown|md)|^\*\*|^[ >]*---\s*$|^ {2,}[-+*] /im;

export function sourceOf(text: string): string {
  if (!text.includes('|') && !NEEDS_CARE.test(text)) return text;
  const pieces = text.split(/(\r\n|\n|\r)/);
  const source: Source = { lines: pieces.filter((_, at) => at % 2 === 0), columns: 0, fence: null };
  let scan = startOfText;
  for (let at = 0; at < source.lines.length; at += 1) {
    const before = scan;
    const scanned = scanLine(scan, source.lines[at] ?? '');
    ({ scan } = scanned);
    readRow(source, at, before, scan);
    readFence(source, at, before, scan);
    if (!scanned.continues) setApart(source, at, before, scan);
    indent(source, at, scan);
  }
  if (source.fence) lengthen(source, source.fence, null);
  return pieces.map((piece, at) => (at % 2 === 0 ? source.lines[at / 2] : piece)).join('');
}

interface Source {
  readonly lines: string[];
  /** The column count of the current table. */
  columns: number;
  fence: OpenFence | null;
}

interface OpenFence {
  readonly start: number;
  readonly fence: Fence;
  longest: number;
}

function readRow(source: Source, at: number, before: Scan, { leaf }: Scan): void {
  if (leaf.kind !== 'table') return;
  const begins = before.leaf.kind !== 'table';
  if (begins) source.columns = cells(source.lines[at] ?? '');
  const row = begins ? at - 1 : at;
  const line = source.lines[row] ?? '';
  if (cells(line) > source.columns) source.lines[row] = shielded(line);
}

/** By a blank line, for what the parser would take for a part of the block above. */
function setApart({ lines }: Source, at: number, before: Scan, { leaf }: Scan): void {
  const [prefix = '', marker] = /^[ \t>]*([-+*] |\d+[.)] )?/.exec(lines[at] ?? '') ?? [];
  const line = lines[at] ?? '';
  if (marker === undefined && isApart(before.leaf, leaf, line.slice(prefix.length)))
    lines[at] = `${prefix.trimEnd()}\n${line}`;
}

function indent({ lines }: Source, at: number, { stack }: Scan): void {
  const line = lines[at] ?? '';
  const lacking = lackingIn(stack);
  if (lacking > 0 && line !== '') lines[at] = line.replace(/^|(?<=\n)/g, ' '.repeat(lacking));
}

const cells = (line: string): number => cellsIn(line.replace(/^[ >\t]+/, ''));

function readFence(source: Source, at: number, before: Scan, { leaf }: Scan): void {
  const open = source.fence;
  const line = source.lines[at] ?? '';
  if (leaf.kind === 'fence' && leaf.fence.inner !== null) {
    if (before.leaf.kind !== 'fence' || !open)
      source.fence = { start: at, fence: leaf.fence, longest: 0 };
    else open.longest = Math.max(open.longest, runIn(line, leaf.fence));
  } else if (open) {
    lengthen(source, open, runIn(line, open.fence) >= open.fence.length ? at : null);
    source.fence = null;
  }
}

const runIn = (line: string, { char }: Fence): number =>
  (char === '~' ? /^[ >]*(~*)/ : /^[ >]*(`*)/).exec(line)?.[1]?.length ?? 0;

/** Makes a fence longer than those it contains. */
function lengthen({ lines }: Source, { start, fence, longest }: OpenFence, end: number | null) {
  if (longest < fence.length) return;
  const long = fence.char.repeat(longest + 1);
  const run = fence.char === '~' ? /~{3,}/ : /`{3,}/;
  for (const at of end === null ? [start] : [start, end])
    lines[at] = (lines[at] ?? '').replace(run, long);
}
