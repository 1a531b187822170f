import remend from 'remend';
import { isFormula } from '@/lib/markdown/formulas/delimiters';

const OPTIONS = {
  linkMode: 'text-only',
  katex: false,
  inlineKatex: false,
  // These rewrite text that is whole.
  comparisonOperators: false,
  singleTilde: false,
} as const;
/** Besides formulas, dollars and addresses: stars and underscores in them mark nothing. */
const OTHER =
  /\$\$(?:[^$\n]|\n(?!\n))*(?:\$\$|$)|\\\((?:[^\n]|\n(?!\n)){0,1000}?(?:\\\)|$)|\\\[(?:[^\n]|\n(?!\n)){0,2000}?(?:\\\]|$)|\$_?|(?<!\]\(<?)https?:\/\/[^\s<>`"']*[^\s<>`"'*_~]/g;
const DOLLARS = /\$([^\s$`][^$`\n]*)(?=\$)/g;
/** A letter that is in no text, so that each can be put back in its place. */
const STAND_IN = 'ꙮ';
const STAND_INS = new RegExp(STAND_IN, 'g');

/** The text with what marks are open at its end closed. */
export function completed(text: string): string {
  if (text.includes(STAND_IN)) return remend(text, OPTIONS);
  const masked = withoutFormulas(text).replace(OTHER, standIn);
  const kept = [...masked.matchAll(STAND_INS)].map(({ index }) => text.charAt(index));
  let next = 0;
  return remend(masked + openTick(masked), OPTIONS).replace(STAND_INS, () => {
    const char = kept[next] ?? '';
    next += 1;
    return char;
  });
}

const standIn = (piece: string): string => STAND_IN.repeat(piece.length);

function withoutFormulas(text: string): string {
  let out = '';
  let from = 0;
  for (const { 0: written, 1: tex = '', index } of text.matchAll(DOLLARS)) {
    const end = index + written.length;
    const [before = '', after = ''] = [text[index - 1], text[end + 1]];
    if (index < from || !isFormula({ opener: '$', tex, before, after })) continue;
    out += text.slice(from, index) + standIn(text.slice(index, end + 1));
    from = end + 1;
  }
  return out + text.slice(from);
}

/** Code that is open is closed before the emphasis around it. */
function openTick(text: string): string {
  const paragraph = text.slice(text.lastIndexOf('\n\n') + 1);
  const runs = paragraph.match(/`+/g) ?? [];
  const isOpen = runs.every((run) => run === '`') && runs.length % 2 === 1;
  return isOpen && !paragraph.endsWith('`') ? '`' : '';
}
