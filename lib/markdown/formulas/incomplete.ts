import { isFormula } from './delimiters';

/** A longer unclosed formula is shown as source. */
const MAX_HALF = 300;
const HALF_DOLLAR = /^\$(?:[a-z\\{][^$`]{0,60})?$/i;

/** The line without an unclosed formula at its end that may be closed soon. */
export function beforeIncompleteFormula(line: string): string {
  const starts = [halfAt(line, '\\(', '\\)'), halfAt(line, '\\[', '\\]'), halfAtDollars(line)];
  const [start] = starts.filter((at) => at >= 0).toSorted((a, b) => a - b);
  return start === undefined ? line : line.slice(0, start);
}

function halfAt(line: string, opener: string, closer: string): number {
  const at = line.lastIndexOf(opener);
  const isHalf = at >= 0 && line.length - at <= MAX_HALF && !line.includes(closer, at);
  return isHalf && !isOnItsOwn(line, at) ? at : -1;
}

/** A display formula is shown as code while it arrives. */
const isOnItsOwn = (line: string, at: number): boolean => /^[ >]*$/.test(line.slice(0, at));

function halfAtDollars(line: string): number {
  if (!line.includes('$')) return -1;
  if (line.split('$$').length % 2 === 0) {
    const at = line.lastIndexOf('$$');
    return line.length - at > MAX_HALF || isOnItsOwn(line, at) ? -1 : at;
  }
  const at = openDollar(line);
  return at >= 0 && HALF_DOLLAR.test(line.slice(at)) ? at : -1;
}

/** The last dollar that may open a formula; -1: each has its pair, or is a price. */
function openDollar(line: string): number {
  let open = -1;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\' || line.startsWith('$$', at)) at += 1;
    else if (line[at] === '$') {
      const tex = line.slice(open + 1, at);
      const [before = '', after = ''] = [line[open - 1], line[at + 1]];
      const closes = open >= 0 && isFormula({ opener: '$', tex, before, after });
      open = closes ? -1 : at;
    }
  }
  return open;
}
