/** The four ways in which a formula within a text is marked. */
export type Opener = '$' | '$$' | '\\(' | '\\[';

/** The maximum length of a formula inside a paragraph. */
export const MAX_INLINE = 1_000;

/** Characters that prose does not contain. */
const SIGNS = /[\\^_=+<>{}]/;
const WORD = /(?<![\\\p{L}])\p{L}{2,}/gu;
const WORD_OUTSIDE = new RegExp(WORD, 'u');
/** A command, an exponent or an index alone stands close to what it belongs to: `90$^\circ$C`. */
const SYMBOL = /^(?:\\[a-zA-Z]|[\^_](?:[{\\+-]|\w(?!\w)))(?:[^]*\S)?$/;

export interface Candidate {
  readonly opener: Opener;
  readonly tex: string;
  /** The characters before the opener and after the closer; empty at the start or end of the text. */
  readonly before: string;
  readonly after: string;
}

/** Whether text between delimiters is a formula, rather than a price, a shell variable or an escaped bracket. */
export function isFormula(candidate: Candidate): boolean {
  const { opener, tex } = candidate;
  if (tex.trim() === '') return false;
  switch (opener) {
    case '$$':
      return true;
    case '\\[':
      return /^\s/.test(tex) || SIGNS.test(tex);
    case '\\(':
      return wordsIn(tex) < 2;
    case '$':
      return isDollarFormula(candidate);
  }
}

/** A dollar delimiter touches its formula and is not inside a word. */
function isDollarFormula({ tex, before, after }: Candidate): boolean {
  if (/`|^_[a-zA-Z]{2}/.test(tex)) return false;
  if (SYMBOL.test(tex) && isBalanced(tex) && !WORD_OUTSIDE.test(tex.replace(/\{[^{}]*\}/g, '')))
    return true;
  if (/[A-Za-z\d]/.test(before)) return false;
  if (/^\s|\s$/.test(tex)) return isSpacedFormula(tex);
  if (/\d/.test(after) || (/[A-Za-z]/.test(after) && tex.length > 2)) return false;
  return wordsIn(tex) < (/^\d/.test(tex) ? 1 : 3) && isBalanced(tex);
}

/** Some models put spaces inside the delimiters. */
function isSpacedFormula(tex: string): boolean {
  if (!/^ [^]* $/.test(tex)) return false;
  const words = tex.match(WORD)?.length ?? 0;
  return /\\[a-zA-Z]|[\^_]/.test(tex) ? words < 2 : /^ [a-zA-Z]/.test(tex) && words === 0;
}

const wordsIn = (tex: string): number => (SIGNS.test(tex) ? 0 : (tex.match(WORD)?.length ?? 0));

function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const char of tex.replace(/\\./gs, '')) {
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

const ENVIRONMENT =
  /^\\begin(\{(?:equation|align|alignat|gather|aligned|gathered|split|array|cases|[bBpvV]?matrix)\*?\})/;

interface Marks {
  readonly opener: string;
  readonly closer: string;
}

/** The marks of a formula on lines of its own, if `line` begins with one. */
export function displayMarks(line: string): Marks | null {
  if (line.startsWith('\\[')) return { opener: '\\[', closer: '\\]' };
  if (line.startsWith('$$') && line[2] !== '$') return { opener: '$$', closer: '$$' };
  const [opener, name] = ENVIRONMENT.exec(line) ?? [];
  return opener === undefined || name === undefined ? null : { opener, closer: `\\end${name}` };
}

/**
 * Whether a line contains a whole display formula, opens one, or neither. A formula that closes within the line,
 * followed by words, belongs to its paragraph.
 */
export function displayAt(line: string): 'whole' | 'open' | null {
  const marks = displayMarks(line);
  if (marks === null) return null;
  const { opener, closer } = marks;
  const inner = line.slice(opener.length);
  const end = closerIn(inner, closer);
  const isSure = opener !== '\\[' || inner.trim() === '' || SIGNS.test(inner) || /^\s/.test(inner);
  if (end < 0) return isSure ? 'open' : null;
  if (inner.slice(end + closer.length).trim() !== '') return null;
  if (opener !== '\\[') return inner.slice(0, end).trim() === '' ? null : 'whole';
  return isFormula({ opener, tex: inner.slice(0, end), before: '', after: '' }) ? 'whole' : null;
}

/** The index of the closer; -1 when missing. Skips characters escaped by a backslash. */
export function closerIn(text: string, closer: string): number {
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith(closer, at)) return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

export interface Formula {
  readonly tex: string;
  readonly display: boolean;
  /** The rest of the line after the closer. */
  readonly rest: string;
}

/** Splits a formula; null when its closer is missing. */
export function formulaIn(source: string): Formula | null {
  const { opener, closer } = displayMarks(source) ?? textMarks(source);
  const inner = source.slice(opener.length);
  const end = closerIn(inner, closer);
  if (end < 0) return null;
  const written = inner.slice(0, end).trim();
  return {
    // The marks of an environment are part of the formula.
    tex: opener.startsWith('\\begin') ? opener + written + closer : written,
    display: opener !== '$' && opener !== '\\(',
    rest: inner.slice(end + closer.length),
  };
}

const textMarks = (source: string): Marks =>
  source.startsWith('$') ? { opener: '$', closer: '$' } : { opener: '\\(', closer: '\\)' };
