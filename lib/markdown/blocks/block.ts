import { type Mentions, mentionsIn, noMentions } from '@/lib/markdown/text/mentions';
import { parseCost } from './parse-cost';
import { type References, withLinks, withMentions, withNote } from './references';
import type { BlockKind } from './scan';

/** A piece of Markdown that parses the same alone as in its place, given the definitions it refers to. */
export interface Block {
  readonly text: string;
  readonly kind: BlockKind;
  /** Too costly to parse: shown as source. */
  readonly plain: boolean;
  /** For an item: a blank line up to here makes its list loose. */
  readonly loose: boolean;
  /** For an item: its number, whatever the source has. */
  readonly number: number;
  /** Roughly proportional to its render time. */
  readonly weight: number;
  readonly mentions: Mentions;
}

/** The open block of a text: the next line may extend it. */
export interface OpenBlock {
  readonly openStart: number;
  readonly openKind: BlockKind;
  /** It is the rest of one that grew too long, and as plain. */
  readonly overlong: boolean;
  /** Whether it is part of a loose list. */
  readonly loose: boolean;
  /** The number of its first item. */
  readonly openNumber: number;
  /** The weight of the blocks before it. */
  readonly weight: number;
}

/** The maximum weight of a text: plenty for tables and links, a limit for a hostile text. */
const BASE_WEIGHT = 8_000;
const WEIGHT_PER_CHARACTER = 0.6;
const PLAIN_WEIGHT = 12;
/** Characters of code per unit of weight, highlighted and plain. */
const CODE = 2;
const LONG_CODE = 100;
const MAX_COLOURED = 12_000;

/** The block with this text, and the weight of all blocks up to its end. */
export function blockOf(open: OpenBlock, text: string): { block: Block; weight: number } {
  const { openKind: kind, loose, overlong, openNumber: number } = open;
  const own = kind === 'fence' ? fenceWeight(text) : parseCost(text);
  const hostile = own.hostile || overlong;
  const counted = kind === 'fence' || hostile ? PLAIN_WEIGHT : own.weight;
  const weight = open.weight + counted;
  const allowed = BASE_WEIGHT + WEIGHT_PER_CHARACTER * (open.openStart + text.length);
  const plain = hostile || weight > allowed;
  const mentions = plain || kind === 'fence' ? noMentions : mentionsIn(text);
  const drawing = plain ? PLAIN_WEIGHT : own.weight;
  return { block: { text, kind, plain, loose, number, weight: drawing, mentions }, weight };
}

function fenceWeight({ length }: string) {
  const perCharacter = length > MAX_COLOURED ? LONG_CODE : CODE;
  return { weight: PLAIN_WEIGHT + length / perCharacter, hostile: false };
}

/** Adds what a block defines and mentions. */
export function refer(references: References, block: Block, index: number): References {
  if (block.plain || block.kind === 'fence') return references;
  if (block.kind === 'note') return withNote(references, block.text);
  return withMentions(withLinks(references, block.text), { index, mentions: block.mentions });
}
