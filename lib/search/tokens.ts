import { composed, fold } from './fold';
import { cut, innerStarts, wordsOf, type Word } from './words';

/** How many tokens one text may have, and their length in all: PostgreSQL holds a megabyte of them. */
const TOKENS_MAX = 12_000;
const LENGTH_MAX = 250_000;

/** Begins a token of the inside of a word, which only longer terms look for. No word has this character. */
export const INSIDE = '·';

/**
 * What the index keeps of a text: its words, the rest of each word from wherever a search may begin to match, and the
 * pairs of neighbours in scripts without spaces. So a word, its parts and its inside are found by how a token begins.
 */
export function tokensOf(text: string): Set<string> {
  const original = composed(text);
  const folded = fold(original);
  const tokens = new Set<string>();
  const spelled = new Set<string>();
  let length = 0;
  let isFull = false;
  const add = (token: string) => {
    if (isFull || tokens.has(token)) return;
    tokens.add(token);
    length += token.length;
    isFull = tokens.size >= TOKENS_MAX || length >= LENGTH_MAX;
  };
  for (const word of wordsOf(folded.text)) {
    if (isFull) break;
    if (word.isRun) {
      for (const pair of pairsOf(word)) add(pair);
      continue;
    }
    const whole = cut(word.text);
    const spelling = original.slice(
      folded.from[word.start],
      folded.from[word.start + whole.length],
    );
    if (spelled.has(spelling)) continue;
    spelled.add(spelling);
    add(whole);
    const { parts, inside } = innerStarts(word, folded, original);
    for (const at of parts) add(whole.slice(at));
    for (const at of inside) add(INSIDE + whole.slice(at));
  }
  return tokens;
}

/** Each character with the next one; the last one alone. */
export function pairsOf({ text }: Word): string[] {
  const characters = Array.from(text);
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}
