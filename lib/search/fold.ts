/** A text as search reads it. */
export interface Folded {
  /** Lower case, without accents, one space wherever there is no letter, digit or pictograph. */
  readonly text: string;
  /** For each UTF-16 unit of `text`, where in the original it comes from. */
  readonly from: Uint32Array;
}

/** Letters that Unicode does not take apart. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
};

/** Accents of Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones. Other marks belong to their letter. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const NO_WORD = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/gu;

/** Folding one character takes longer than looking it up. */
const cache = new Map<string, string>();
const CACHE_MAX = 20_000;

function foldCharacter(character: string): string {
  const before = cache.get(character);
  if (before !== undefined) return before;
  const lower = character.toLowerCase();
  const plain = lower.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
  const folded = (SPELLED[plain] ?? plain).replace(NO_WORD, ' ');
  if (cache.size < CACHE_MAX) cache.set(character, folded);
  return folded;
}

/** The form of a text in which accents are one character with their letter; snippets are cut from it. */
export const composed = (text: string): string => text.toWellFormed().normalize('NFC');

/** Most texts are nothing but these. */
const ASCII = Array.from({ length: 128 }, (_, code) => foldCharacter(String.fromCharCode(code)));

/** Folds a composed text, character by character, so that what was found can be marked in the original. */
export function fold(text: string): Folded {
  let folded = '';
  const from: number[] = [];
  let afterSpace = false;
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    const unit = ASCII[code] ?? foldCharacter(String.fromCodePoint(code));
    for (let n = 0; n < unit.length; n += 1) {
      const isSpace = unit[n] === ' ';
      if (isSpace && afterSpace) continue;
      afterSpace = isSpace;
      folded += unit.charAt(n);
      from.push(at);
    }
    at += code > 0xffff ? 2 : 1;
  }
  return { text: folded, from: Uint32Array.from(from) };
}
