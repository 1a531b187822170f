import type { Block } from './block';
import { noMentions } from '@/lib/markdown/text/mentions';
import type { FootnoteNumbers } from '@/lib/markdown/plugins/footnotes-plugin';
import { MAX_SOURCE, type References } from './references';

/** The definitions a block is parsed with; strings compare by value. */
export interface Needs {
  /** Definitions that the block refers to but does not contain, to be prepended. */
  readonly definitions: string;
  /** FootnoteNumbers as JSON. */
  readonly notes: string;
}

const NOTHING: Needs = { definitions: '', notes: '{}' };
/** A block's prepended definitions are at most this many times its length. */
const MOST_REPEATED = 4;
/**
 * In this many blocks any definition may be prepended, however short the block; in later ones only one of usual length.
 */
const ROOMY_BLOCKS = 64;
const USUAL_SOURCE = 300;

/**
 * While a text streams, its definitions are still to come, usually at its end: anything that looks like a reference
 * counts as one.
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
): FootnoteNumbers {
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
