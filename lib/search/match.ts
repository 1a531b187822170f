import { composed, fold, type Folded } from './fold';
import type { Term } from './query';
import { innerStarts, isSpaceless, wordsOf, type Word } from './words';

/** A text prepared to be searched. */
export interface Searched {
  readonly original: string;
  readonly folded: Folded;
}

export function searched(text: string): Searched {
  const original = composed(text);
  return { original, folded: fold(original) };
}

/** True when a text has all terms. */
export const matches = (text: Searched, terms: readonly Term[]): boolean =>
  terms.every((term) => placesOf(text, term).next().done !== true);

/** Where a term is in the folded text, in order. */
export function* placesOf(text: Searched, term: Term): Generator<number> {
  const { text: folded } = text.folded;
  const first = folded.indexOf(term.text);
  if (first < 0) return;
  if (term.isPhrase) {
    yield* placesOfPhrase(folded, term.text, first);
    return;
  }
  const [head] = wordsOf(term.text);
  for (const word of wordsOf(folded)) {
    if (!head || !word.text.includes(head.text)) continue;
    yield* word.isRun ? placesInRun(folded, term, word) : placesInWord(text, term, word);
  }
}

function* placesOfPhrase(folded: string, phrase: string, first: number): Generator<number> {
  for (let at = first; at >= 0; at = folded.indexOf(phrase, at + 1))
    if (isEdge(folded, at) && isEdge(folded, at + phrase.length)) yield at;
}

/** True between two words. */
function isEdge(folded: string, at: number): boolean {
  const [before = ' ', after = ' '] = [folded[at - 1], folded[at]];
  if (before === ' ' || after === ' ') return true;
  return (
    isSpaceless(String.fromCodePoint(folded.codePointAt(at) ?? 32)) ||
    isSpaceless(characterBefore(folded, at))
  );
}

const characterBefore = (folded: string, at: number): string =>
  Array.from(folded.slice(Math.max(0, at - 2), at)).at(-1) ?? ' ';

/** A run is of words without spaces: a term may begin anywhere in it. */
function* placesInRun(folded: string, term: Term, { start, text }: Word): Generator<number> {
  const piece = folded.slice(start, start + text.length + term.text.length - 1);
  for (let at = piece.indexOf(term.text); at >= 0; at = piece.indexOf(term.text, at + 1))
    yield start + at;
}

function* placesInWord(text: Searched, term: Term, word: Word): Generator<number> {
  const { parts, inside } = innerStarts(word, text.folded, text.original);
  const starts = new Set([0, ...parts, ...(term.isInside ? inside : [])]);
  for (const offset of [...starts].toSorted((a, b) => a - b))
    if (text.folded.text.startsWith(term.text, word.start + offset)) yield word.start + offset;
}
