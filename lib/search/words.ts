import type { Folded } from './fold';

/** A word of a folded text. `isRun`: of a script that puts no spaces between words, so a piece of it may be one. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly isRun: boolean;
}

const SPACELESS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Extended_Pictographic}ー々';
const WORDS = new RegExp(`([${SPACELESS}][${SPACELESS}\\p{M}]*)|[^ ${SPACELESS}]+`, 'gu');
const IS_SPACELESS = new RegExp(`[${SPACELESS}]`, 'u');

/** True for a character that may end or begin a word anywhere. */
export const isSpaceless = (character: string): boolean => IS_SPACELESS.test(character);

export function* wordsOf(folded: string): Generator<Word> {
  for (const { 0: text, 1: run, index: start } of folded.matchAll(WORDS))
    yield { text, start, isRun: run !== undefined };
}

/** From this length on, a search also finds what is inside a word, as `name` in `databasename`. */
const LONG_MIN = 10;
/** The shortest term that is looked for inside words. */
export const INSIDE_MIN = 4;
/** Words count up to this length, in the index as in a query. */
const WORD_MAX = 40;

/** A word up to its longest length, at a whole character. */
export const cut = (word: string): string =>
  word.length <= WORD_MAX ? word : word.slice(0, WORD_MAX).toWellFormed().replace('\ufffd', '');

/** Where in a word a search may begin to match, besides its beginning. */
export interface InnerStarts {
  /** The parts of an identifier, such as `ById` of `getUserById`. */
  readonly parts: readonly number[];
  /** Anywhere inside an identifier or a long word, for terms of `INSIDE_MIN` characters. */
  readonly inside: readonly number[];
}

export function innerStarts(word: Word, { from }: Folded, original: string): InnerStarts {
  const { start } = word;
  const text = cut(word.text);
  const isPlain = PLAIN.test(original.slice(from[start], from[start + text.length]));
  const parts = isPlain ? [] : partsOf(text, start, from, original);
  const inside: number[] = [];
  if (parts.length > 0 || text.length >= LONG_MIN)
    for (let at = 1; at <= text.length - INSIDE_MIN; at += 1) inside.push(at);
  return { parts, inside };
}

/** Most words: they have no parts, and reading them letter by letter takes long. */
const PLAIN = /^(?:[a-z]+|[0-9]+)$/;

function partsOf(text: string, start: number, from: Uint32Array, original: string): number[] {
  const parts: number[] = [];
  for (let at = 1; at < text.length; at += 1)
    if (beginsPart(original, from[start + at - 1] ?? 0, from[start + at] ?? 0)) parts.push(at);
  return parts;
}

const isUpper = (character: string) => character !== character.toLowerCase();
const isDigit = (character: string) => character >= '0' && character <= '9';

/** True at `U` in `getUser`, at `S` in `HTTPServer` and at `2` in `utf2`. */
function beginsPart(original: string, before: number, at: number): boolean {
  if (before === at) return false;
  const [last, next, afterNext] = [original[before] ?? '', original[at] ?? '', original[at + 1]];
  if (isDigit(last) !== isDigit(next)) return true;
  if (!isUpper(next)) return false;
  return !isUpper(last) || (afterNext !== undefined && /^\p{Ll}/u.test(afterNext));
}
