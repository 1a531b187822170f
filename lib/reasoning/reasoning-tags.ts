interface Tag {
  readonly open: string;
  readonly close: string;
  /** The closing tag alone ends no thought: other texts have it, too. */
  readonly paired?: boolean;
}

const named = (name: string): Tag[] =>
  // With a blank after the name attributes may follow, which end with the tag.
  [`<${name}>`, `<${name} `, `< ${name}>`, `< ${name} `].map((open) => ({
    open,
    close: `</${name}>`,
  }));

/** A closing tag in all the ways in which models write it: with a blank before or after slash and name. */
function waysToClose(close: string): string[] {
  const [, name] = /^<\/(.+)>$/.exec(close) ?? [];
  if (name === undefined) return [close];
  return ['</', '< /', '</ ', '< / '].flatMap((before) => [
    `${before}${name}>`,
    `${before}${name} >`,
  ]);
}

const FINAL = '<|channel|>final<|message|>';
const channel = (name: string): Tag[] => [
  { open: `<|channel|>${name}<|message|>`, close: FINAL },
  { open: `<|start|>assistant<|channel|>${name}<|message|>`, close: FINAL },
];

/** Between which marks models and chat templates put what they think, where their server leaves it in the text. */
const TAGS: readonly Tag[] = [
  ...['think', 'thinking', 'thought', 'seed:think', 'longcat_think', 'mm:think'].flatMap(named),
  ...['reason', 'reasoning', 'reflection'].flatMap(named).map((tag) => ({ ...tag, paired: true })),
  // Open WebUI
  { open: '<details type="reasoning"', close: '</details>', paired: true },
  { open: '[think]', close: '[/think]' },
  { open: '◁think▷', close: '◁/think▷' },
  // Open Thoughts, Cohere, MedGemma, Gemma 4, gpt-oss
  { open: '<|begin_of_thought|>', close: '<|end_of_thought|>' },
  { open: '<|start_thinking|>', close: '<|end_thinking|>' },
  { open: '<unused94>', close: '<unused95>' },
  { open: '<|channel>', close: '<channel|>' },
  ...['analysis', 'commentary'].flatMap(channel),
];

const CLOSES = [
  ...new Set(TAGS.filter(({ paired }) => !paired).flatMap(({ close }) => waysToClose(close))),
];
/** What some templates begin the reply itself with, after the thought. */
const REPLIES = ['<|start_response|>', '<|begin_of_solution|>'];
const MARKS = [...TAGS.map(({ open }) => open), ...CLOSES, ...REPLIES];
const LONGEST = Math.max(...MARKS.map(({ length }) => length));

/** Tags are written in any case. */
const headOf = (text: string) => text.slice(0, LONGEST).toLowerCase();

export function tagThatOpens(text: string): Tag | undefined {
  const head = headOf(text);
  return TAGS.find(({ open }) => head.startsWith(open));
}

export function closeThatBegins(text: string): string | undefined {
  const head = headOf(text);
  return CLOSES.find((close) => head.startsWith(close));
}

export function replyThatBegins(text: string): string | undefined {
  const head = headOf(text);
  return REPLIES.find((mark) => head.startsWith(mark));
}

/** True for what may become a tag when more text comes. */
export function mayBecomeTag(text: string): boolean {
  if (text.length >= LONGEST) return false;
  const head = headOf(text);
  return MARKS.some((mark) => mark.startsWith(head));
}

/** Where in a text its end begins that may become a closing tag; its length when there is no such end. */
export function whereTagMayBegin(text: string): number {
  for (let at = text.length - 1; at >= Math.max(0, text.length - LONGEST); at -= 1)
    if (isMark(text.charAt(at)) && CLOSES.some((close) => close.startsWith(headOf(text.slice(at)))))
      return at;
  return text.length;
}

const isMark = (character: string) => character === '<' || character === '[' || character === '◁';

const escaped = (text: string) => text.replace(/[[\]|\\/]/g, '\\$&');

/** The first tag `close` from `from` on. */
export function nextClose(
  text: string,
  from: number,
  close: string,
): { at: number; end: number } | null {
  const wanted = EACH_CLOSE.get(close);
  if (!wanted) return null;
  wanted.lastIndex = from;
  const match = wanted.exec(text);
  return match && { at: match.index, end: match.index + match[0].length };
}

/** All closing tags, of whichever kind. */
export function* closesIn(text: string): Generator<{ at: number; end: number }> {
  for (const match of text.matchAll(ANY_CLOSE))
    yield { at: match.index, end: match.index + match[0].length };
}

const ANY_CLOSE = new RegExp(CLOSES.map(escaped).join('|'), 'gi');
const EACH_CLOSE: ReadonlyMap<string, RegExp> = new Map(
  TAGS.map(({ close }) => [close, new RegExp(waysToClose(close).map(escaped).join('|'), 'gi')]),
);
const OPEN_LINE = new RegExp(
  `^[ \\t]*(?:${TAGS.map(({ open }) => escaped(open)).join('|')})`,
  'gim',
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

/** True when a tag is only mentioned: it is in quotes, or stands among the words of a sentence. */
export const isMentioned = (previous: string, next: string): boolean =>
  /["'`“‘(]/.test(previous) ||
  /["'`”’),.:;?!]/.test(next) ||
  (/[ \t]/.test(previous) && /[ \t]/.test(next));

/** True when a closing tag within a thought is only quoted there. */
export const isQuoted = (previous: string, next: string): boolean =>
  previous !== '' && previous === next && QUOTE.test(previous);

export const QUOTE = /["'`]/;

const OPEN = new RegExp(TAGS.map(({ open }) => escaped(open)).join('|'), 'gi');

export type InnerTags = ReturnType<typeof innerTags>;

/** Counts the opening tags within a thought, so that as many closing tags are expected after the first. */
export function innerTags() {
  let open = 0;
  let tail = '';
  return {
    count(piece: string) {
      const text = tail + piece;
      for (const { 0: tag, index } of text.matchAll(OPEN)) {
        const end = index + tag.length;
        // The character after it decides whether it is only mentioned.
        const isNew = end >= tail.length && end < text.length;
        if (isNew && !isMentioned(text[index - 1] ?? '', text[end] ?? '')) open += 1;
      }
      tail = text.slice(-LONGEST);
    },
    /** True when one of them is closed by another closing tag. */
    close(): boolean {
      if (open === 0) return false;
      open -= 1;
      return true;
    },
  };
}
