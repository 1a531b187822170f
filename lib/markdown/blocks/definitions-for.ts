import type { Block } from './blocks';
import { noMentions } from '@/lib/markdown/text/mentions';
import type { NoteNumbers } from '@/lib/markdown/plugins/footnotes-plugin';
import { MAX_SOURCE, type References } from './references';

/** What a block is parsed with besides its own text; both compare by value. */
export interface Needs {
  /** Definitions of what the block mentions and does not hold itself, to be put in front of it. */
  readonly definitions: string;
  /** NoteNumbers as JSON. */
  readonly notes: string;
}

const NOTHING: Needs = { definitions: '', notes: '{}' };
/** What is put in front of a block, and repeated by it, is at most so many times its length. */
const MOST_REPEATED = 4;
/** Any definition has room in front of so many blocks, however short; in front of the others only one of usual length. */
const ROOMY_BLOCKS = 64;
const USUAL_SOURCE = 300;

/**
 * While a text is `streaming` its definitions are still to come, mostly at its end: what looks like a reference
 * is taken for one.
 */
export function needsOf(
  block: Block,
  index: number,
  references: References,
  streaming: boolean,
): Needs {
  if (block.mentions === noMentions) return NOTHING;
  return {
    definitions: definitionsFor(block, index, references, streaming),
    notes: JSON.stringify(numbersFor(block, index, references, streaming)),
  };
}

function definitionsFor(
  { mentions, text }: Block,
  index: number,
  references: References,
  streaming: boolean,
) {
  const least = index < ROOMY_BLOCKS ? MAX_SOURCE : USUAL_SOURCE;
  const room = Math.max(least, MOST_REPEATED * text.length);
  const links: string[] = [];
  let repeated = 0;
  for (const [label, times] of mentions.links) {
    const source = references.links.get(label);
    if (source === undefined || text.includes(source)) continue;
    if (repeated + source.length * times > room) continue;
    repeated += source.length * times;
    links.push(source);
  }
  const pending = streaming
    ? mentions.fullLinks.filter((label) => !references.links.has(label))
    : [];
  const notes = mentions.notes.filter((label) => streaming || references.numbers.has(label));
  const all = [
    ...links,
    ...pending.map((label) => `[${label}]: <#>`),
    ...notes.map((label) => `[^${label}]: .`),
  ];
  return all.length === 0 ? '' : `${all.join('\n\n')}\n\n`;
}

function numbersFor(
  { mentions }: Block,
  index: number,
  references: References,
  streaming: boolean,
): NoteNumbers {
  const known = mentions.notes.flatMap((label) => {
    const number = references.numbers.get(label);
    const mention = references.firstMention.get(label);
    const shown = number ?? (streaming ? mention?.place : undefined);
    if (shown === undefined) return [];
    const first = mention?.index === index;
    return [[label, { number: shown, first, defined: number !== undefined }] as const];
  });
  return Object.fromEntries(known);
}
