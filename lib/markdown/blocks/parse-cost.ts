import { FORMULA_CHARACTER, weighFormulas } from '@/lib/markdown/formulas/weight';
import type { Leaf } from './leaves';
import { repeatsTooMuch } from './own-definitions';
import { type Scanned, scanLine, startOfText } from './scan';

/**
 * On hostile nesting the parser's cost grows faster than its input. So a linear scan limits what a block may contain
 * before it is parsed; a block over a limit is shown as plain text.
 */
export const MAX_BLOCK_WEIGHT = 4_000;
export const MAX_BLOCK_CHARACTERS = 16_000;
const MAX_DEPTH = 12;
const MAX_UNDERLINES = 60;
/** Code within a container has a frame and a button of its own. */
const NESTED_CODE_WEIGHT = 20;
/** Each block is parsed alone; each line may be an element. */
const BLOCK_WEIGHT = 12;
const LINE_WEIGHT = 3;
/** Characters per unit of weight: of prose, and of code in a container, which is highlighted. */
const PROSE = 32;
const CODE = 4;

/** Limits per paragraph, where matching openers with closers is expensive. */
const MAX_IN_PARAGRAPH = {
  runs: 240,
  brackets: 400,
  angles: 160,
  entities: 160,
  ticks: 240,
  formulas: 400,
  marks: 400,
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
  $: 'formulas',
  '=': 'marks',
};

export interface Weight {
  /** Roughly proportional to the time of parsing and rendering. */
  readonly weight: number;
  readonly hostile: boolean;
}

export function parseCost(text: string): Weight {
  if (text.length > MAX_BLOCK_CHARACTERS || repeatsTooMuch(text))
    return { weight: MAX_BLOCK_WEIGHT, hostile: true };
  let scan = startOfText;
  let counts = noCounts();
  let openFormula = false;
  let weight = BLOCK_WEIGHT;
  let underlines = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const before = scan.leaf.kind;
    const scanned = scanLine(scan, line);
    scan = scanned.scan;
    if (!scanned.continues) {
      counts = noCounts();
      openFormula = false;
    }
    counts.lines += 1;
    weight += lineWeight(line, scanned);
    if (scan.leaf.kind !== 'fence') {
      const formulas = weighFormulas(line, openFormula);
      openFormula = formulas.open;
      weight += countInto(counts, line) + formulas.weight;
    }
    weight += codeWeight(line, before, scan.leaf.kind);
    underlines += isUnderline(line) ? 1 : 0;
    const deep = scan.stack.length > MAX_DEPTH || underlines > MAX_UNDERLINES;
    if (deep || isOver(counts) || weight > MAX_BLOCK_WEIGHT) return { weight, hostile: true };
  }
  return { weight, hostile: false };
}

const isCode = (kind: Leaf['kind']): boolean => kind === 'fence' || kind === 'indented';

/** Of the frame, where the line begins code. */
function codeWeight(line: string, before: Leaf['kind'], kind: Leaf['kind']): number {
  const begins = before !== kind || /^[ >]*(?:[-+*]|\d{1,9}[.)])[ \t]{5}/.test(line);
  return isCode(kind) && begins ? NESTED_CODE_WEIGHT : 0;
}

const isUnderline = (line: string): boolean => /^[ \t>]*(?:=+|-+)[ \t]*$/.test(line);

function lineWeight({ length }: string, { scan, continues }: Scanned): number {
  if (scan.leaf.kind === 'formula') return 2 * LINE_WEIGHT + FORMULA_CHARACTER * length;
  const perWeight = isCode(scan.leaf.kind) ? CODE : PROSE;
  return (continues ? LINE_WEIGHT : 2 * LINE_WEIGHT) + length / perWeight;
}

/** Counts runs of the characters that the parser pairs up; brackets and angles count individually. */
function countInto(counts: Counts, line: string): number {
  let cells = 0;
  let found = 0;
  let before = '';
  for (const char of line) {
    if (char === '|' || char === '@' || char === '\\') cells += 1;
    const key = COUNTED[char];
    const repeats = char === before && (key === 'runs' || key === 'ticks' || key === 'marks');
    if (key !== undefined && !repeats) {
      counts[key] += 1;
      found += 1;
    }
    before = char;
  }
  return found + cells * 2;
}

const KEYS = Object.keys(MAX_IN_PARAGRAPH) as (keyof Counts)[];

const isOver = (counts: Counts): boolean => KEYS.some((key) => counts[key] > MAX_IN_PARAGRAPH[key]);

function noCounts(): Counts {
  return {
    runs: 0,
    brackets: 0,
    angles: 0,
    entities: 0,
    ticks: 0,
    formulas: 0,
    marks: 0,
    lines: 0,
  };
}
