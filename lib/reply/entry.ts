export const ENTRY_KINDS = ['text', 'reasoning'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * A piece of a reply. `at` is its position on the reply's one axis, in UTF-16 units from the start. It is as long as its
 * text and may be cut anywhere.
 */
export interface Entry {
  readonly at: number;
  readonly kind: EntryKind;
  readonly text: string;
}

/** All arithmetic on the axis goes through these three: a kind that cannot be cut would be 1 long, here alone. */
export const lengthOf = (entry: Pick<Entry, 'text'>): number => entry.text.length;

export const endOf = (entry: Entry): number => entry.at + lengthOf(entry);

/** The entry between two positions; its text is '' where they do not meet it. */
export function clip(entry: Entry, from: number, to = Infinity): Entry {
  if (from <= entry.at && to >= endOf(entry)) return entry;
  const at = Math.max(from, entry.at);
  const text = entry.text.slice(at - entry.at, Math.max(0, to - entry.at));
  return { at, kind: entry.kind, text };
}

/** Joins neighbours of one kind. */
export function join(entries: readonly Entry[]): readonly Entry[] {
  const joined: Entry[] = [];
  for (let first = 0; first < entries.length;) {
    const { at, kind } = entries[first] ?? NONE;
    let after = first + 1;
    while (entries[after]?.kind === kind) after += 1;
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

export const isBlank = (entries: readonly Entry[], kind?: EntryKind): boolean =>
  entries.every((entry) => entry.text.trim() === '' || (kind ?? entry.kind) !== entry.kind);

/** The text of one kind, joined. */
export const textOf = (entries: readonly Entry[], kind: EntryKind = 'text'): string =>
  entries.length === 1 && entries[0]?.kind === kind
    ? entries[0].text
    : entries
        .filter((entry) => entry.kind === kind)
        .map(({ text }) => text)
        .join('');

/** What a model wrote, of any kind. */
export const allTextOf = (entries: readonly Entry[]): string =>
  entries.map(({ text }) => text).join('');

export const lengthOfAll = (entries: readonly Entry[]): number => {
  const last = entries.at(-1);
  return last ? endOf(last) : 0;
};
