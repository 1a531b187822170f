import remend from 'remend';

/** How a line can end that is about to become markup: a marker without content, the start of a fence or of a task box. */
const HALF_LINE =
  /(^|\n)([ \t>]*)(?:[-+*]|\d{1,9}[.)]?|[-+*] \[[ xX]?\]?|`{1,2}|~{1,2}|#{1,6}|={1,2}|-{1,2}|\|)[ \t]*$/;
const HALF_NOTE = /!?\[\^?[^\][\n]{0,200}$/;
const OPTIONS = { linkMode: 'text-only', katex: false, inlineKatex: false } as const;

/** Completes what the end of a growing block leaves half written, so that no raw markup flashes up. */
export function repaired(text: string): string {
  const whole = text.replace(HALF_LINE, (_, before: string) => before);
  return withDelimiterRow(remend(whole, OPTIONS));
}

/** A table shows as one from its first line on. */
function withDelimiterRow(text: string): string {
  const start = text.lastIndexOf('\n\n') + 1;
  const lines = text.slice(start).trim().split('\n');
  const [head = '', delimiter] = lines;
  if (lines.length > 2 || !/^ {0,3}\|.*\S/.test(head)) return text;
  if (delimiter !== undefined && !/^[ |:-]*$/.test(delimiter)) return text;
  const columns = head
    .replace(/\\\|/g, '')
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|').length;
  const given = delimiter?.match(/-+/g)?.length ?? 0;
  if (given >= columns) return text;
  const before = text.slice(0, text.lastIndexOf(head));
  return `${before}${head}\n${'|-'.repeat(columns)}|`;
}

export const HALF = HALF_NOTE;
