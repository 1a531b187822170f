import { placesOf, type Searched } from './match';
import type { Term } from './query';

/** A piece of a text, in plain characters, and the matches in it. */
export interface Snippet {
  readonly snippet: string;
  /** Pieces of the snippet, each from its start to before its end, in UTF-16 units. */
  readonly highlights: readonly (readonly [start: number, end: number])[];
}

const LENGTH = 160;
/** How much is shown before what was found. */
const BEFORE = 40;

/** The piece around the first place where a term was found, on one line. */
export function snippetOf(text: Searched, terms: readonly Term[]): Snippet {
  const { original, folded } = text;
  const firsts = terms.flatMap((term) => [...take(placesOf(text, term), 1)]);
  const first = firsts.length === 0 ? 0 : (folded.from[Math.min(...firsts)] ?? 0);
  const start = first <= BEFORE ? 0 : afterSpace(original, first - BEFORE, first);
  const end = Math.min(original.length, start + LENGTH);
  const marked = marksIn(text, terms, start, end);
  return onOneLine(
    original,
    wholeCharacter(original, start),
    wholeCharacter(original, end),
    marked,
  );
}

function* take<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken === count) return;
  }
}

/** The beginning of the first word after `from`; `from` when there is none before `to`. */
function afterSpace(original: string, from: number, to: number): number {
  const space = original.slice(from, to).search(/\s/);
  return space < 0 ? from : from + space + 1;
}

const wholeCharacter = (original: string, at: number): number =>
  /[\udc00-\udfff]/.test(original.charAt(at)) ? at - 1 : at;

/** The UTF-16 units of the original between `start` and `end` that belong to a term. */
function marksIn(
  text: Searched,
  terms: readonly Term[],
  start: number,
  end: number,
): ReadonlySet<number> {
  const { folded, original } = text;
  const marked = new Set<number>();
  for (const term of terms)
    for (const place of placesOf(text, term)) {
      const from = folded.from[place] ?? 0;
      if (from >= end) break;
      const last = folded.from[place + term.text.length - 1] ?? from;
      const to = last + String.fromCodePoint(original.codePointAt(last) ?? 32).length;
      for (let at = Math.max(from, start); at < Math.min(to, end); at += 1) marked.add(at);
    }
  return marked;
}

function onOneLine(
  original: string,
  start: number,
  end: number,
  marked: ReadonlySet<number>,
): Snippet {
  let snippet = start > 0 ? '…' : '';
  const highlights: [number, number][] = [];
  for (let at = start; at < end; at += 1) {
    const unit = original.charAt(at);
    const isSpace = /\s/.test(unit);
    if (isSpace && (snippet === '' || snippet.endsWith(' '))) continue;
    const last = highlights.at(-1);
    if (marked.has(at) && last?.[1] === snippet.length) last[1] += 1;
    else if (marked.has(at)) highlights.push([snippet.length, snippet.length + 1]);
    snippet += isSpace ? ' ' : unit;
  }
  return {
    snippet: end < original.length ? `${snippet.trimEnd()}…` : snippet.trimEnd(),
    highlights,
  };
}
