// Pure. Server, store and browser share it; all arithmetic on positions of a reply is in this file.
/** `unknown` stands for the kinds of newer versions, whatever their names: they keep their place and are passed over. */
export const ENTRY_KINDS = ['text', 'reasoning', 'source', 'tool-call', 'unknown'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * A piece of a reply. `at` is its position on the reply's one axis, in UTF-16 units from the start. What a model wrote
 * is as long as its text and may be cut anywhere. Every other entry is atomic: 1 long, and `text` is its value as JSON.
 */
export interface Entry {
  readonly at: number;
  readonly kind: EntryKind;
  readonly text: string;
}

/** Without its place. */
export type EntryContent = Pick<Entry, 'kind' | 'text'>;

/** True for text and reasoning; every other kind is atomic, also one that is not known here. */
export const isWritten = (kind: EntryKind): boolean => kind === 'text' || kind === 'reasoning';

/** All arithmetic on the axis goes through these three. An entry without text is none. */
export const lengthOf = ({ kind, text }: EntryContent): number =>
  isWritten(kind) ? text.length : Math.min(text.length, 1);

export const endOf = (entry: Entry): number => entry.at + lengthOf(entry);

/** The entry between two positions; its text is '' where they do not meet it. */
export function clip(entry: Entry, from: number, to = Infinity): Entry {
  if (from <= entry.at && to >= endOf(entry)) return entry;
  const { kind } = entry;
  const at = Math.max(from, entry.at);
  const text = isWritten(kind) ? entry.text.slice(at - entry.at, Math.max(0, to - entry.at)) : '';
  return { at, kind, text };
}

/** Joins neighbours of one kind, where they are written. */
export function join(entries: readonly Entry[]): readonly Entry[] {
  const joined: Entry[] = [];
  for (let first = 0; first < entries.length;) {
    const { at, kind } = entries[first] ?? NONE;
    let after = first + 1;
    while (isWritten(kind) && entries[after]?.kind === kind) after += 1;
    const run = entries.slice(first, after);
    joined.push({ at, kind, text: run.map(({ text }) => text).join('') });
    first = after;
  }
  return joined;
}

/** The entries up to a position. */
export const before = (entries: readonly Entry[], position: number): readonly Entry[] =>
  entries.map((entry) => clip(entry, 0, position)).filter(({ text }) => text !== '');

/** The entries from a position on. */
export const after = (entries: readonly Entry[], position: number): readonly Entry[] =>
  entries.map((entry) => clip(entry, position)).filter(({ text }) => text !== '');

const NONE: Entry = { at: 0, kind: 'text', text: '' };

/** True when the model wrote nothing that can be seen, of this kind or at all. */
export const isBlank = (entries: readonly Entry[], kind?: EntryKind): boolean =>
  entries.every(
    (entry) =>
      !isMade(entry.kind) || (kind ?? entry.kind) !== entry.kind || entry.text.trim() === '',
  );

/** By the model itself: text, reasoning and calls, but not what it cites. */
const isMade = (kind: EntryKind): boolean => isWritten(kind) || kind === 'tool-call';

/** The text of one kind, joined. */
export const textOf = (entries: readonly Entry[], kind: EntryKind = 'text'): string =>
  entries.length === 1 && entries[0]?.kind === kind
    ? entries[0].text
    : entries
        .filter((entry) => entry.kind === kind)
        .map(({ text }) => text)
        .join('');

/** What a model wrote: text, reasoning and calls. */
export const allTextOf = (entries: readonly Entry[]): string =>
  entries
    .filter(({ kind }) => isMade(kind))
    .map(({ text }) => text)
    .join('');

export const lengthOfAll = (entries: readonly Entry[]): number => {
  const last = entries.at(-1);
  return last ? endOf(last) : 0;
};
