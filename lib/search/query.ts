import { composed, fold } from './fold';
import { pairsOf } from './tokens';
import { cut, INSIDE_MIN, isSpaceless, wordsOf, type Word } from './words';

/** One word or phrase of a query. All of a query must be found. */
export interface Term {
  /** Folded, without spaces at its ends. */
  readonly text: string;
  /** In quotes: whole words, in this order. Otherwise the beginning of a word or of a part of one is enough. */
  readonly isPhrase: boolean;
  /** Also matches inside of words. */
  readonly isInside: boolean;
  /** What the index must have for a text to match. */
  readonly tokens: readonly TermToken[];
  /** The tokens are no proof: the text must be read. */
  readonly needsText: boolean;
}

/** A token that the index must have. `isBeginning`: one that begins so is enough. */
export interface TermToken {
  readonly text: string;
  readonly isBeginning: boolean;
}

const QUOTED = /["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/gu;
/** More than anyone types; the rest is looked for in the texts that the first ones find. */
const INDEXED_TERMS = 16;
const INDEXED_TOKENS = 24;

/** Whatever is typed is text: no character is an operator, but for quotes in pairs. */
export function termsOf(typed: string): Term[] {
  const terms = new Map<string, Term>();
  for (const { 1: quoted, 2: bare } of composed(typed).matchAll(QUOTED)) {
    const text = fold(quoted ?? bare ?? '').text.trim();
    // One letter begins too many words: it is one itself.
    const isPhrase = quoted !== undefined || (text.length === 1 && !isSpaceless(text));
    if (text) terms.set(`${String(isPhrase)} ${text}`, termOf(text, isPhrase));
  }
  return [...terms.values()].map((term, at) =>
    at < INDEXED_TERMS ? term : { ...term, tokens: [], needsText: true },
  );
}

function termOf(text: string, isPhrase: boolean): Term {
  const words = [...wordsOf(text)];
  const tokens = words.flatMap((word, at) =>
    word.isRun
      ? tokensOfRun(word)
      : [{ text: cut(word.text), isBeginning: !isPhrase && at === words.length - 1 }],
  );
  const [first] = words;
  const only = words.length === 1 ? first : undefined;
  const isInside = only !== undefined && !isPhrase && !only.isRun && text.length >= INSIDE_MIN;
  const isProof = only !== undefined && !isPhrase && cut(text) === text && tokens.length === 1;
  return { text, isPhrase, isInside, tokens: tokens.slice(0, INDEXED_TOKENS), needsText: !isProof };
}

/** One character begins a pair; longer runs are pairs only. */
function tokensOfRun(run: Word): TermToken[] {
  const pairs = pairsOf(run);
  if (pairs.length === 1) return [{ text: run.text, isBeginning: true }];
  return pairs.slice(0, -1).map((text) => ({ text, isBeginning: false }));
}
