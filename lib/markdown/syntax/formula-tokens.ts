declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formula: 'formula';
    displayFormula: 'displayFormula';
    formulaData: 'formulaData';
  }
}

/** Character codes of formula delimiters. */
export const CODE = {
  dollar: 36,
  round: 40,
  roundEnd: 41,
  square: 91,
  squareEnd: 93,
  tick: 96,
  begin: 98,
};
export const BACKSLASH = 92;
