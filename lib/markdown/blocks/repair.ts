import { completed } from './completed';
import { shielded } from '@/lib/markdown/text/shielded';
import { beforeIncompleteFormula } from '@/lib/markdown/formulas/incomplete';

/** A last line that may become markup: a marker without content, the start of a fence, callout or definition. */
const HALF_CALLOUT = /^[ \t>]*> ?\[![a-z]{0,9}\]?[ \t]*$/i;
const HALF_LINE =
  /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)]?)(?: \[[ xX]?\]?)?|`{1,2}|~{1,2}|#{1,6}|={1,2}|--|:?-+:? *\|[ :|-]*|\|)[ \t]*$/;
const DEFINITION = /^ {0,3}\[[^\]\n]+\](?::.*)?$/;
/** Ends of a line that may become inline markup. */
const HALF_MARKS: readonly (readonly [RegExp, string])[] = [
  [/!?\[\^[^\]\s]{0,99}$/, ''],
  [/(?<![!\]\\])\[(?![ xX]\]|\^)([^[\]\n]{1,999})\](?:\[[^[\]\n]{0,999})?$/, '$1'],
  [/(?<=^|[\s([{>]|\P{ASCII})(?:[*_]{0,3}`{1,3}|\*{1,3}|_{1,3}|~{1,2})$/u, ''],
  [/(?<=^|[\s([{>*]|\P{ASCII})={1,2}$/u, ''],
  [/(?<=(?:^|[\s([{>*]|\P{ASCII})==[^\s=][^=]{0,999})=$/u, ''],
  [/(?<=^|[\s([{>])!$/, ''],
  [/(?<!\\)[\\<]$/, ''],
  [/<\/?[a-z]{1,7}$/i, ''],
  [/<!(?:-(?:-(?:(?!-->).)*)?)?$/, ''],
];
const HALF_ENTITY = /&(?:#\w{0,6}|[a-z]\w{0,8})?$/i;

/** Completes half-written markup at the end of a streaming block, so that no raw syntax flashes up. */
export function repaired(text: string, lineIsWhole: boolean): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.slice(lineStart);
  const before = text.slice(0, lineStart);
  const shown = lineIsWhole ? line : line.replace(HALF_ENTITY, '');
  const whole =
    !lineIsWhole && isHalfRow(before, line)
      ? before
      : before + wholeLine(beforeIncompleteFormula(shown));
  return withDelimiterRow(completed(whole));
}

/** A table row is rendered when complete, so that its columns move less. */
function isHalfRow(before: string, line: string): boolean {
  const rowAbove = before.slice(before.lastIndexOf('\n', before.length - 2) + 1);
  return (
    /^[ >]*\|/.test(line) &&
    /^[ >]*\|.*\|\s*$/.test(rowAbove) &&
    /^[ >]*\|[ :|-]*-[ :|-]*$/m.test(before)
  );
}

function wholeLine(line: string): string {
  if (HALF_LINE.test(line) || HALF_CALLOUT.test(line) || DEFINITION.test(line)) return '';
  return HALF_MARKS.reduce((rest, [mark, kept]) => rest.replace(mark, kept), line);
}

/** Each update draws the streaming row again, and a row of so many is none that a person reads. */
const MOST_COLUMNS = 100;
const ROW = /^([ >]*)((?:[-+*]|\d{1,9}[.)]) +)?\|.*\S/;

/** Renders a table from its first line on. */
function withDelimiterRow(text: string): string {
  const lines = text.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  const cellCount = /^[ >]*[|:-][ :|-]*$/.test(last) ? (last.match(/-+/g)?.length ?? 0) : null;
  const above = cellCount === null ? lines : lines.slice(0, -1);
  const delimiter = delimiterUnder(above.at(-1) ?? '', cellCount ?? 0);
  if (delimiter === null || ROW.test(above.at(-2) ?? '')) return text;
  return [...above, delimiter].join('\n');
}

function delimiterUnder(head: string, cellCount: number): string | null {
  const [, indent, marker = ''] = ROW.exec(head) ?? [];
  if (indent === undefined) return null;
  const columns = columnsOf(head.slice(indent.length + marker.length));
  if (cellCount >= columns || columns > MOST_COLUMNS) return null;
  return `${indent}${' '.repeat(marker.length)}${'|-'.repeat(columns)}|`;
}

const columnsOf = (head: string): number =>
  shielded(head)
    .replace(/\\\|/g, '')
    .replace(/^\||\|\s*$/g, '')
    .split('|').length;
