import { type Line, lengthOf, linesOf } from './code-line';
import { grammarOf } from './languages';
import { prism } from './prism';

/**
 * Some grammars take the square of what they are given. So it is given in windows, and code that is longer
 * than a person reads, or written in one line, is shown without colours.
 */
const WINDOW = 2_000;
const MAX_CHARACTERS = 20_000;
const MAX_LINE = 500;

/** The code's lines in colours. */
export function highlight(code: string, language: string | null): readonly Line[] {
  const grammar = language === null ? null : grammarOf(language);
  if (!grammar || !isModest(code)) return linesOf(code);
  const done: Line[] = [];
  for (let from = 0; from < code.length;) {
    const end = windowEnd(code, from);
    const lines = linesOf(prism.tokenize(code.slice(from, end), grammar));
    const kept = end < code.length ? finished(lines) : lines;
    done.push(...kept);
    from += lengthOf(kept);
  }
  return done;
}

function isModest(code: string): boolean {
  return code.length <= MAX_CHARACTERS && !code.split('\n').some((line) => line.length > MAX_LINE);
}

function windowEnd(code: string, from: number): number {
  return code.length <= from + WINDOW ? code.length : code.lastIndexOf('\n', from + WINDOW - 1) + 1;
}

/** Up to the last line after which code can be cut; all of them where that would be less than half. */
function finished(lines: readonly Line[]): readonly Line[] {
  const last = lines.findLastIndex(({ unfinished }) => !unfinished);
  return last < lines.length / 2 ? lines : lines.slice(0, last + 1);
}
