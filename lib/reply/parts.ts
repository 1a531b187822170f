import { endOf, join, textOf, type Entry } from './entry';

/** What a person sees of a reply: neighbouring entries of one kind are one part. */
export type Part = Pick<Entry, 'kind' | 'text'>;

export const partsOf = (entries: readonly Entry[]): readonly Part[] =>
  join(entries).map(({ kind, text }) => ({ kind, text }));

/** The `parts` of a reply in the API: only of one that holds more than text. */
export const presentParts = (entries: readonly Entry[]) =>
  entries.some(({ kind }) => kind !== 'text') && { parts: partsOf(entries) };

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
