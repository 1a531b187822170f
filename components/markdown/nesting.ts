/**
 * The parser's cost grows faster than its input on hostile nesting, so what a block may hold is bounded
 * by one linear scan before it is parsed; a block over a bound is shown as plain text.
 */
const MAX_MARKERS_IN_A_LINE = 12;
const MAX_MARKER_INDENT = 40;
const MAX_BLOCK_WEIGHT = 4000;
const MAX_UNDERLINES = 60;

/** Bounds of one paragraph, where matching openers to closers is what grows. */
const MAX_IN_PARAGRAPH = {
  runs: 240,
  brackets: 400,
  angles: 160,
  entities: 160,
  ticks: 240,
  lines: 300,
};

type Counts = Record<keyof typeof MAX_IN_PARAGRAPH, number>;

const COUNTED: Readonly<Record<string, keyof Counts>> = {
  '*': 'runs',
  _: 'runs',
  '~': 'runs',
  '[': 'brackets',
  ']': 'brackets',
  '<': 'angles',
  '&': 'entities',
  '`': 'ticks',
};

const MARKERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\n]{0,999}\]:))+/;
const MARKER = />|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\]:/g;
const FENCE = /^[ \t>\d.)*+-]*(?:```|~~~)/;
const STARTS_AFRESH = /^[ \t]*(?:[-+*][ \t]+\S|#{1,6}[ \t]|$)/;

export interface Weight {
  /** Roughly proportional to the time that parsing and rendering takes. */
  readonly weight: number;
  readonly hostile: boolean;
}

export function weigh(text: string): Weight {
  let counts = noCounts();
  let weight = 4;
  let underlines = 0;
  let hostile = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (STARTS_AFRESH.test(line)) counts = noCounts();
    counts.lines += 1;
    weight += lineWeight(line) + countInto(counts, line);
    if (/^[ \t>]*(?:=+|-+)[ \t]*$/.test(line)) underlines += 1;
    hostile ||= isDeep(line) || isOver(counts) || underlines > MAX_UNDERLINES;
    if (hostile) break;
  }
  return { weight, hostile: hostile || weight > MAX_BLOCK_WEIGHT };
}

function lineWeight(line: string): number {
  return (FENCE.test(line) ? 12 : 3) + line.length / 64;
}

function isDeep(line: string): boolean {
  const prefix = MARKERS.exec(line)?.[0];
  if (prefix === undefined) return false;
  if (prefix.search(/[^ \t]/) > MAX_MARKER_INDENT) return true;
  return (prefix.match(MARKER)?.length ?? 0) > MAX_MARKERS_IN_A_LINE;
}

/** Counts runs of the characters that the parser pairs up; brackets and angles count one by one. */
function countInto(counts: Counts, line: string): number {
  let cells = 0;
  let found = 0;
  let before = '';
  for (const char of line) {
    if (char === '|' || char === '@' || char === '\\') cells += 1;
    const key = COUNTED[char];
    const repeats = char === before && (key === 'runs' || key === 'ticks');
    if (key !== undefined && !repeats) {
      counts[key] += 1;
      found += 1;
    }
    before = char;
  }
  return found + cells * 2;
}

function isOver(counts: Counts): boolean {
  return (Object.keys(MAX_IN_PARAGRAPH) as (keyof Counts)[]).some(
    (key) => counts[key] > MAX_IN_PARAGRAPH[key],
  );
}

function noCounts(): Counts {
  return { runs: 0, brackets: 0, angles: 0, entities: 0, ticks: 0, lines: 0 };
}
