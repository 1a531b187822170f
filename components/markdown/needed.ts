import type { Block } from './blocks';
import type { NoteNumbers } from './notes-plugin';
import type { References } from './references';

/**
 * The definitions that a block mentions and does not hold itself, to be put in front of it. While a text is
 * `streaming` its definitions are still to come, mostly at its end: what looks like a reference is taken for one.
 */
export function definitionsFor(
  { mentions, text }: Block,
  references: References,
  streaming: boolean,
): string {
  const links = mentions.links.flatMap((label) => references.links.get(label) ?? []);
  const pending = streaming
    ? mentions.fullLinks.filter((label) => !references.links.has(label))
    : [];
  const notes = mentions.notes.filter((label) => streaming || references.numbers.has(label));
  const all = [
    ...links.filter((source) => !text.includes(source)),
    ...pending.map((label) => `[${label}]: <#>`),
    ...notes.map((label) => `[^${label}]: .`),
  ];
  return all.length === 0 ? '' : `${all.join('\n\n')}\n\n`;
}

export function numbersFor(
  { mentions }: Block,
  index: number,
  references: References,
  streaming: boolean,
): NoteNumbers {
  const order = streaming ? [...references.firstMention.keys()] : [];
  const known = mentions.notes.flatMap((label) => {
    const number = references.numbers.get(label);
    const shown = number ?? order.indexOf(label) + 1;
    if (shown === 0) return [];
    const first = references.firstMention.get(label) === index;
    return [[label, { number: shown, first, defined: number !== undefined }] as const];
  });
  return Object.fromEntries(known);
}
