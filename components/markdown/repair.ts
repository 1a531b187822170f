import remend from 'remend';
import { shielded } from './shielded';
import { beforeHalfFormula } from './formulas/half';

/** A last line that is about to become markup: a marker without content, the start of a fence, box or definition. */
const HALF_CALLOUT = /^[ \t>]*> ?\[![a-z]{0,9}\]?[ \t]*$/i;
const HALF_LINE =
  /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)]?)(?: \[[ xX]?\]?)?|`{1,2}|~{1,2}|#{1,6}|={1,2}|--|\|)[ \t]*$/;
const DEFINITION = /^ {0,3}\[[^\]\n]+\](?::.*)?$/;
/** Ends of a line that are about to become markup within it. */
const HALF_MARKS: readonly (readonly [RegExp, string])[] = [
  [/!?\[\^[^\]\s]{0,99}$/, ''],
  [/(?<![!\]\\])\[(?![ xX]\]|\^)([^[\]\n]{1,999})\](?:\[[^[\]\n]{0,999})?$/, '$1'],
  [/(?<=^|[\s([{>])(?:\*{1,3}|_{1,3}|~{1,2}|`{1,3}|!)$/, ''],
  [/(?<!\\)[\\<]$/, ''],
  [/<\/?[a-z]{1,7}$/i, ''],
];
const OPTIONS = { linkMode: 'text-only', katex: false, inlineKatex: false } as const;

/** Completes what the end of a growing block leaves half written, so that no raw markup flashes up. */
export function repaired(text: string, lineIsWhole: boolean): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.slice(lineStart);
  const before = text.slice(0, lineStart);
  const whole =
    !lineIsWhole && isHalfRow(before, line) ? before : before + wholeLine(beforeHalfFormula(line));
  return withDelimiterRow(remend(whole, OPTIONS));
}

/** A row of a table is drawn when it is whole, so that its columns move less. */
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

/** Each update draws the growing row anew, and a row of so many is none that a person reads. */
const MOST_COLUMNS = 100;

/** A table shows as one from its first line on. */
function withDelimiterRow(text: string): string {
  const start = text.lastIndexOf('\n\n') + 1;
  const [head = '', delimiter, more] = text.slice(start).trim().split('\n', 3);
  if (more !== undefined || !/^\|.*\S/.test(head)) return text;
  if (delimiter !== undefined && !/^[ |:-]*$/.test(delimiter)) return text;
  const columns = shielded(head)
    .replace(/\\\|/g, '')
    .replace(/^\||\|\s*$/g, '')
    .split('|').length;
  const isWhole = (delimiter?.match(/-+/g)?.length ?? 0) >= columns;
  if (isWhole || columns > MOST_COLUMNS) return text;
  return `${text.slice(0, text.lastIndexOf(head))}${head}\n${'|-'.repeat(columns)}|`;
}
