import { codeSpanEnds, endOfRun } from './code-spans';

/**
 * Definitions of links and footnotes apply to the whole text, but blocks are parsed alone. So each block lists its
 * references, and gets the definitions it needs prepended.
 */
export interface Mentions {
  /** How often each label is referenced. */
  readonly links: ReadonlyMap<string, number>;
  /** The labels of `[text][label]`, which is hardly ever anything else. */
  readonly fullLinks: readonly string[];
  readonly notes: readonly string[];
}

export const noMentions: Mentions = { links: new Map(), fullLinks: [], notes: [] };

/** The maximum length of a label (CommonMark). */
const MAX_LABEL = 999;

/** The parser's normalisation of labels. */
export function normalLabel(label: string): string {
  return label
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
    .toLowerCase()
    .toUpperCase();
}

export function mentionsIn(text: string): Mentions {
  if (!text.includes('[')) return noMentions;
  const links = new Map<string, number>();
  const fullLinks = new Set<string>();
  const notes = new Set<string>();
  for (const { label, afterLabel } of labelsIn(text)) {
    if (label.startsWith('^')) {
      notes.add(normalLabel(label.slice(1)));
      continue;
    }
    const name = normalLabel(label);
    links.set(name, (links.get(name) ?? 0) + 1);
    if (afterLabel) fullLinks.add(name);
  }
  return { links, fullLinks: [...fullLinks], notes: [...notes] };
}

/** The contents of innermost brackets outside code, in one pass. */
function* labelsIn(text: string): Generator<{ label: string; afterLabel: boolean }> {
  const codeEnds = codeSpanEnds(text);
  let opened = -1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '[') opened = at;
    else if (char === ']' && opened >= 0) {
      const label = text.slice(opened + 1, at);
      if (label !== '' && label.length <= MAX_LABEL)
        yield { label, afterLabel: text[opened - 1] === ']' };
      opened = -1;
    } else if (char === '`') {
      at = (codeEnds.get(at) ?? endOfRun(text, at)) - 1;
    }
  }
}
