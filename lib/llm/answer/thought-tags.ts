interface Tag {
  readonly open: string;
  readonly close: string;
}

const named = (name: string): Tag => ({ open: `<${name}>`, close: `</${name}>` });

/** Between which marks models and chat templates put what they think, where their server leaves it in the text. */
export const TAGS: readonly Tag[] = [
  ...['think', 'thinking', 'thought', 'seed:think'].map(named),
  { open: '[THINK]', close: '[/THINK]' },
  { open: '◁think▷', close: '◁/think▷' },
  { open: '<|channel|>analysis<|message|>', close: '<|channel|>final<|message|>' },
];

const CLOSES = TAGS.map(({ close }) => close);

export const closeThatBegins = (text: string) => CLOSES.find((close) => text.startsWith(close));

/** True for what may become a tag when more text comes. */
export const mayBecomeTag = (text: string): boolean =>
  TAGS.some(({ open, close }) => open.startsWith(text) || close.startsWith(text));

/** Where in a text its end begins that may become a closing tag; its length when there is no such end. */
export function whereTagMayBegin(text: string): number {
  for (let at = text.length - 1; at >= Math.max(0, text.length - LONGEST); at -= 1)
    if (isMark(text.charAt(at)) && CLOSES.some((close) => close.startsWith(text.slice(at))))
      return at;
  return text.length;
}

const LONGEST = Math.max(...CLOSES.map(({ length }) => length));
const isMark = (character: string) => character === '<' || character === '[' || character === '◁';

const escaped = (text: string) => text.replace(/[[\]|\\/]/g, '\\$&');

/** The first closing tag from `from` on. */
export function nextClose(text: string, from: number): { at: number; end: number } | null {
  ANY_CLOSE.lastIndex = from;
  const match = ANY_CLOSE.exec(text);
  return match && { at: match.index, end: match.index + match[0].length };
}

const ANY_CLOSE = new RegExp(CLOSES.map(escaped).join('|'), 'g');
const OPEN_LINE = new RegExp(
  `^[ \\t]*(?:${TAGS.map(({ open }) => escaped(open)).join('|')})`,
  'gm',
);
const FENCE = /^ {0,3}(?:```|~~~)/gm;

/** Where a thought that ends after `before` began: at a line with an opening tag, or null when no line has one. */
export function openingIn(before: string): number | null {
  let opening: number | null = null;
  for (const { index } of before.matchAll(OPEN_LINE)) opening = index;
  return opening;
}

/** True when what follows `before` is in a block of code, so that a tag there is only shown. */
export const isInCode = (before: string): boolean => (before.match(FENCE)?.length ?? 0) % 2 === 1;

/** True when a tag is spoken of: it is in quotes, or stands among the words of a sentence. */
export const isSpokenOf = (previous: string, next: string): boolean =>
  /["'`“‘(]/.test(previous) ||
  /["'`”’),.:;?!]/.test(next) ||
  (/[ \t]/.test(previous) && /[ \t]/.test(next));
