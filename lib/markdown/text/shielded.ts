import { codeSpanEnds, endOfRun } from './code-spans';
import { isFormula } from '@/lib/markdown/formulas/delimiters';

const FORMULA = /\$([^$`\n]+)\$/g;
const BRACKETED = /\\\(((?:[^\\\n]|\\[^()\n])+)\\\)/g;

/** A table row with the pipes inside code and formulas rewritten, so that they do not split cells. */
export function shielded(row: string): string {
  if (!row.includes('|') || !/[`$]|\\\(/.test(row)) return row;
  return withoutPipesInFormulas(withoutPipesInCode(row));
}

function withoutPipesInCode(row: string): string {
  const ends = codeSpanEnds(row);
  let out = '';
  for (let at = 0; at < row.length;) {
    if (row[at] === '`') {
      const end = ends.get(at) ?? endOfRun(row, at);
      out += row.slice(at, end).replace(/\\?\|/g, '\\|');
      at = end;
    } else {
      const next = row[at] === '\\' ? at + 2 : at + 1;
      out += row.slice(at, next);
      at = next;
    }
  }
  return out;
}

/** In a formula `\|` has another meaning. */
function withoutPipesInFormulas(row: string): string {
  const inFormula = (tex: string) =>
    tex.replace(/(?<!\\)\|([a-z]?)/gi, (_, next: string) => (next ? `\\vert ${next}` : '\\vert'));
  return row
    .replace(FORMULA, (written, tex: string, at: number) => {
      const [before = '', after = ''] = [row[at - 1], row[at + written.length]];
      return isFormula({ opener: '$', tex, before, after }) ? `$${inFormula(tex)}$` : written;
    })
    .replace(BRACKETED, (_, tex: string) => `\\(${inFormula(tex)}\\)`);
}
