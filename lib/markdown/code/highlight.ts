import { type Line, lengthOf, linesOf, plainRuns } from './code-line';
import { grammarOf } from './languages';
import { prism } from './prism';

/**
 * Some grammars are quadratic or cubic. So code is highlighted in windows, and code that is very long, or has very long
 * lines, stays plain.
 */
const WINDOW = 800;
export const MAX_CHARACTERS = 12_000;
const MAX_LINES = 800;
const MAX_LINE = 500;
/** Per window. Grammars backtrack most on characters that open and close strings. */
const MAX_SWITCHES = 32;
const MAX_TILDES = 32;
const MAX_QUOTES = 200;

/** Highlights code. Returns its lines. */
export function highlight(code: string, language: string | null): readonly Line[] {
  const grammar = language === null ? null : grammarOf(language);
  if (!isShortEnough(code)) return plainRuns(code);
  if (!grammar) return linesOf(code);
  const done: Line[] = [];
  for (let from = 0; from < code.length;) {
    const end = windowEnd(code, from);
    const window = code.slice(from, end);
    const lines = linesOf(isCheapToTokenize(window) ? prism.tokenize(window, grammar) : window);
    const kept = end < code.length ? finished(lines) : lines;
    done.push(...kept);
    from += lengthOf(kept);
  }
  return done;
}

function isShortEnough(code: string): boolean {
  if (code.length > MAX_CHARACTERS) return false;
  const lines = code.split('\n');
  return lines.length <= MAX_LINES && !lines.some((line) => line.length > MAX_LINE);
}

function isCheapToTokenize(window: string): boolean {
  let switches = 0;
  let tildes = 0;
  let quotes = 0;
  let before = '';
  for (const char of window) {
    if (char !== '"' && char !== "'" && char !== '`' && char !== '~') continue;
    if (before !== '' && char !== before) switches += 1;
    if (char === '~') tildes += 1;
    if (char === "'") quotes += 1;
    before = char;
  }
  return switches <= MAX_SWITCHES && tildes <= MAX_TILDES && quotes <= MAX_QUOTES;
}

function windowEnd(code: string, from: number): number {
  return code.length <= from + WINDOW ? code.length : code.lastIndexOf('\n', from + WINDOW - 1) + 1;
}

/** Up to the last line after which code can be cut; all of them when that is less than half. */
function finished(lines: readonly Line[]): readonly Line[] {
  const last = lines.findLastIndex(({ unfinished }) => !unfinished);
  return last < lines.length / 2 ? lines : lines.slice(0, last + 1);
}
