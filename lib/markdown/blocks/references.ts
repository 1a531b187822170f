import { type Mentions, normalLabel } from '@/lib/markdown/text/mentions';

export interface References {
  /** Normalised label to the source of its first definition. */
  readonly links: ReadonlyMap<string, string>;
  /** Normalised label to the Markdown of the footnote. */
  readonly footnotes: ReadonlyMap<string, string>;
  /** The first block that refers to a footnote, and the footnote's place in the order of references, from 1. */
  readonly firstMention: ReadonlyMap<string, { readonly index: number; readonly place: number }>;
  /** The number of each footnote that is both referenced and defined. */
  readonly numbers: ReadonlyMap<string, number>;
}

export const noReferences: References = {
  links: new Map(),
  footnotes: new Map(),
  firstMention: new Map(),
  numbers: new Map(),
};

/** Real texts have fewer; each new one copies the map. */
const MAX_DEFINITIONS = 500;
/** The maximum length of a link definition, which each reference repeats. */
export const MAX_SOURCE = 2_000;
const LABEL = String.raw`\[((?:[^\[\]\\]|\\.){1,999})\]`;
const NOTE_HEAD = /^(?:[ \t]*[\r\n])* {0,3}\[\^((?:[^\]\\[\s]|\\.){1,999})\]:[ \t]*/;
const DEFINITION = new RegExp(
  String.raw`(?:[ \t]*[\r\n])* {0,3}${LABEL}:[ \t]*(?:\r?\n[ \t]*)?(?:<[^<>\r\n]*>|[^\s<]\S*)(?:(?:[ \t]+|[ \t]*\r?\n[ \t]*)(?:"[^"\r\n]*"|'[^'\r\n]*'|\([^()\r\n]*\)))?[ \t]*(?:\r?\n|$)`,
  'y',
);

/** The source of the link definitions at the start of a block. */
export function linkDefinitionsIn(text: string): [label: string, source: string][] {
  const found: [string, string][] = [];
  DEFINITION.lastIndex = 0;
  let match = DEFINITION.exec(text);
  while (match) {
    const [source, label = ''] = match;
    if (label.trim() !== '') found.push([normalLabel(label), source.trim()]);
    match = DEFINITION.exec(text);
  }
  return found;
}

/** Splits a footnote definition: its label, and its content without indent. */
export function noteDefinitionIn(text: string): [label: string, content: string] | null {
  const head = NOTE_HEAD.exec(text);
  if (!head) return null;
  const content = text.slice(head[0].length).replace(/^(?: {1,4}|\t)/gm, '');
  return [normalLabel(head[1] ?? ''), content];
}

export interface Mentioning {
  readonly index: number;
  readonly mentions: Mentions;
}

export function withMentions(references: References, { index, mentions }: Mentioning): References {
  const fresh = mentions.notes.filter((label) => !references.firstMention.has(label));
  if (fresh.length === 0 || references.firstMention.size >= MAX_DEFINITIONS) return references;
  const firstMention = new Map(references.firstMention);
  for (const label of fresh) firstMention.set(label, { index, place: firstMention.size + 1 });
  return numbered({ ...references, firstMention });
}

export function withLinks(references: References, text: string): References {
  if (!/^\s{0,9}\[/.test(text)) return references;
  const fresh = linkDefinitionsIn(text).filter(
    ([label, source]) => source.length <= MAX_SOURCE && !references.links.has(label),
  );
  if (fresh.length === 0 || references.links.size >= MAX_DEFINITIONS) return references;
  const links = new Map(references.links);
  for (const [label, source] of fresh) {
    if (!links.has(label) && links.size < MAX_DEFINITIONS) links.set(label, source);
  }
  return { ...references, links };
}

export function withNote(references: References, text: string): References {
  const note = noteDefinitionIn(text);
  if (!note || references.footnotes.has(note[0]) || references.footnotes.size >= MAX_DEFINITIONS)
    return references;
  return numbered({ ...references, footnotes: new Map([...references.footnotes, note]) });
}

function numbered(references: References): References {
  const defined = [...references.firstMention.keys()].filter((label) =>
    references.footnotes.has(label),
  );
  return { ...references, numbers: new Map(defined.map((label, index) => [label, index + 1])) };
}
