import { endOf, isWritten, join, textOf, type Entry, type EntryContent } from './entry';
import { sourceAt, sourceIn, sourceText, type Source } from './source';

/** What the model wrote. */
export interface WrittenPart {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

/** What a person sees of a reply: neighbouring entries of one written kind are one part. */
export type Part = WrittenPart | ({ readonly kind: 'source' } & Source);

/** Passes over what this version does not know. */
export function partsOf(entries: readonly Entry[]): readonly Part[] {
  const known = entries.filter((entry) => isWritten(entry.kind) || sourceIn(entry) !== null);
  return join(known).flatMap((entry) => partOf(entry) ?? []);
}

function partOf({ kind, text }: Entry): Part | null {
  if (kind === 'text' || kind === 'reasoning') return { kind, text };
  const source = sourceIn({ kind, text });
  return source && { kind: 'source', ...source };
}

/** What the entry of a part holds; null for a part that is not known. */
export function contentOfPart(part: Part): EntryContent | null {
  if (part.kind !== 'source') return isWritten(part.kind) ? part : null;
  const source = sourceAt(part.url, part.title);
  return source && { kind: 'source', text: sourceText(source) };
}

/** The `parts` of a reply in the API: only of one that holds more than text. */
export const presentParts = (entries: readonly Entry[]) => {
  if (entries.every(({ kind }) => kind === 'text')) return false;
  const parts = partsOf(entries);
  return parts.some(({ kind }) => kind !== 'text') && { parts };
};

/**
 * A reply as it is stored: its text, and beside it the entries that are not text, each at its position. Null when there
 * are none, so that a reply of text alone is nothing but its text.
 */
export interface StoredReply {
  readonly content: string;
  readonly parts: readonly Entry[] | null;
}

export function storedReply(entries: readonly Entry[]): StoredReply {
  const parts = join(entries).filter(({ kind }) => kind !== 'text');
  return { content: textOf(entries), parts: parts.length > 0 ? parts : null };
}

/** How much a stored reply holds, in UTF-16 units of all it is made of. */
export const weightOf = ({ content, parts }: StoredReply): number =>
  (parts ?? []).reduce((sum, { text }) => sum + text.length, content.length);

/** The entries of a stored reply: the text fills the room between the others. */
export function entriesOf({
  content,
  parts,
}: Pick<StoredReply, 'content'> & Partial<StoredReply>): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  let used = 0;
  const fill = (upTo: number) => {
    const text = content.slice(used, used + upTo - at);
    if (text) entries.push({ at, kind: 'text', text });
    used += text.length;
    at += text.length;
  };
  for (const part of parts ?? []) {
    fill(part.at);
    entries.push(part);
    at = endOf(part);
  }
  fill(Infinity);
  return entries;
}
