/** The weight of a formula, and of each of its characters. */
const EACH = 10;
export const FORMULA_CHARACTER = 0.5;
const MARK = /(\$\$|\\[()[\]])/;
const HAS_MARK = /\$|\\[([]/;

export interface FormulaWeight {
  readonly weight: number;
  /** The formula continues on the next line of the paragraph. */
  readonly open: boolean;
}

/** The estimated weight of the formulas in a line. `open`: the line before left one open. */
export function weighFormulas(line: string, open: boolean): FormulaWeight {
  if (!open && !HAS_MARK.test(line)) return { weight: 0, open };
  let weight = 0;
  let inside = open;
  for (const [at, piece] of line.split(MARK).entries()) {
    if (at % 2 === 1) {
      const opens = piece === '$$' ? !inside : piece === '\\(' || piece === '\\[';
      if (opens) weight += EACH;
      inside = opens;
    } else weight += inside ? FORMULA_CHARACTER * piece.length : betweenDollars(piece);
  }
  return { weight, open: inside };
}

function betweenDollars(text: string): number {
  const pieces = text.split('$').slice(1, -1);
  return pieces
    .filter((piece) => piece !== '' && (piece === piece.trim() || /[\\^_]/.test(piece)))
    .reduce((sum, { length }) => sum + EACH + FORMULA_CHARACTER * length, 0);
}
