/** The four ways in which a formula is marked. */
export type Opener = '$' | '$$' | '\\(' | '\\[';

export const CLOSERS: Readonly<Record<Opener, string>> = {
  $: '$',
  $$: '$$',
  '\\(': '\\)',
  '\\[': '\\]',
};

/** A formula within a line of text, and one on lines of its own, may have so many characters. */
export const MAX_INLINE = 1_000;

/** Signs that prose does not have. */
const SIGNS = /[\\^_=+<>{}]/;
const WORD = /(?<![\\\p{L}])\p{L}{2,}/gu;

export interface Candidate {
  readonly opener: Opener;
  readonly tex: string;
  /** The characters before the opener and after the closer, empty at an end of the text. */
  readonly before: string;
  readonly after: string;
}

/** Whether what stands between two marks is a formula, and not a price, a variable of a shell or an escaped bracket. */
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

/** Where a dollar is the mark it stands close to the formula, and not within a word. */
function isDollarFormula({ tex, before, after }: Candidate): boolean {
  if (/`/.test(tex) || /[A-Za-z\d]/.test(before)) return false;
  if (/^\s|\s$/.test(tex)) return isSpacedFormula(tex);
  if (/\d/.test(after) || (/[A-Za-z]/.test(after) && tex.length > 2)) return false;
  return wordsIn(tex) < (/^\d/.test(tex) ? 1 : 3) && isBalanced(tex);
}

/** Some write a space after the one mark and before the other. */
const isSpacedFormula = (tex: string): boolean =>
  /^ [^]* $/.test(tex) && /\\[a-zA-Z]|[\^_]/.test(tex) && (tex.match(WORD)?.length ?? 0) < 2;

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

/** The mark that opens a formula on lines of its own, if `line` begins with one. */
export function displayOpener(line: string): '$$' | '\\[' | null {
  if (line.startsWith('\\[')) return '\\[';
  return line.startsWith('$$') && line[2] !== '$' ? '$$' : null;
}

/**
 * What a line makes of a formula on lines of its own: it is whole, it goes on in the next line, or the line begins none.
 * A formula that is closed within the line, with words after it, is a part of its paragraph.
 */
export function displayAt(line: string): 'whole' | 'open' | null {
  const opener = displayOpener(line);
  if (opener === null) return null;
  const inner = line.slice(2);
  const end = closerIn(inner, CLOSERS[opener]);
  if (end < 0) {
    return opener === '$$' || inner.trim() === '' || SIGNS.test(inner) || /^\s/.test(inner)
      ? 'open'
      : null;
  }
  if (inner.slice(end + 2).trim() !== '') return null;
  return isFormula({ opener, tex: inner.slice(0, end), before: '', after: '' }) ? 'whole' : null;
}

/** Where the closer stands, -1: nowhere. What a backslash stands before is passed over, unless it is the closer. */
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
  /** What stands on the line after the closer. */
  readonly rest: string;
}

/** Takes a formula apart; null when its closer is missing. */
export function formulaIn(source: string): Formula | null {
  const opener = source.startsWith('$')
    ? source.startsWith('$$')
      ? '$$'
      : '$'
    : source.startsWith('\\[')
      ? '\\['
      : '\\(';
  const inner = source.slice(opener.length);
  const end = closerIn(inner, CLOSERS[opener]);
  if (end < 0) return null;
  return {
    tex: inner.slice(0, end).trim(),
    display: opener === '$$' || opener === '\\[',
    rest: inner.slice(end + CLOSERS[opener].length),
  };
}
