import type { Block } from '@/lib/markdown/blocks/block';
import type { Blocks } from '@/lib/markdown/blocks/block-ends';
import {
  advanceBlocks,
  allChunks,
  allReferences,
  endedHere,
  openBlock,
  splitBlocks,
} from '@/lib/markdown/blocks/blocks';
import type { Chunk } from '@/lib/markdown/blocks/chunks';
import { type Needs, needsOf } from '@/lib/markdown/blocks/definitions-for';
import { parseCost } from '@/lib/markdown/blocks/parse-cost';
import { type References, noReferences } from '@/lib/markdown/blocks/references';

/** A text, and whether more may follow. */
export interface Written {
  readonly text: string;
  readonly streaming: boolean;
}

/** A chunk as rendered. */
export interface DrawnChunk {
  readonly chunk: Chunk;
  /** The definitions each block is rendered with; null: not rendered yet, shown as source. */
  readonly needs: readonly (Needs | null)[];
  /** The inputs of the last render, and whether it finished. */
  readonly references: References;
  readonly streaming: boolean;
  readonly done: boolean;
}

/** How many footnotes are rendered, and their weight; the others are shown as source. */
interface DrawnNotes {
  readonly count: number;
  readonly weight: number;
}

/** The incremental rendering of a text, in short steps from the end to the start. */
export interface Drawing extends Written {
  readonly blocks: Blocks;
  readonly references: References;
  readonly chunks: readonly DrawnChunk[];
  readonly notes: DrawnNotes;
  /** Text not split into blocks yet. */
  readonly rest: string;
  /** Nothing is left to render. */
  readonly done: boolean;
  /** The weight rendered by the last step. */
  readonly weight: number;
}

/** How many characters one step, and the first one, splits into blocks. */
const SCANNED = 8_000;
const SCANNED_AT_FIRST = 32_000;
/** Characters of definitions per unit of weight. */
const CHARACTERS = 32;
/** The maximum weight of a text's footnotes. */
const NOTES_WEIGHT = 1_500;

/** The first step. Without a budget, or for a very long text, it renders nothing. */
export function firstDrawing(written: Written, budget: number): Drawing {
  const nothing: Drawing = {
    ...written,
    blocks: splitBlocks(''),
    references: noReferences,
    chunks: [],
    notes: { count: 0, weight: 0 },
    rest: written.text,
    done: false,
    weight: 0,
  };
  if (budget <= 0 || written.text.length > SCANNED_AT_FIRST) return nothing;
  return draw(nothing, written, budget, SCANNED_AT_FIRST);
}

/** The next step, including new text: renders about as much as the budget allows, but at least one block. */
export function draw(before: Drawing, written: Written, budget: number, most = SCANNED): Drawing {
  const { text, streaming } = written;
  const taken = text.slice(0, takenTo(before.blocks.text, text, most));
  const blocks = advanceBlocks(before.blocks, taken);
  const ended = endedHere(blocks);
  const open = sameOr(before.chunks.at(-1)?.chunk.blocks.at(-1), openBlock(ended));
  const references = allReferences(ended, open, streaming);
  const step = { left: budget, references, streaming };
  const chunks = drawnChunks(before.chunks, allChunks(ended, open), step);
  const areDone = chunks.every(({ done }) => done);
  const notes = areDone ? drawnNotes(before.notes, references, step) : before.notes;
  const done = areDone && taken === text && areDrawn(notes, references);
  const rest = text.slice(taken.length);
  return { ...written, blocks, references, chunks, notes, rest, done, weight: budget - step.left };
}

/** An unchanged block keeps its identity. */
function sameOr(before: Block | undefined, now: Block): Block {
  const isSame =
    before?.text === now.text &&
    before.kind === now.kind &&
    before.plain === now.plain &&
    before.loose === now.loose;
  return isSame ? before : now;
}

/** Up to the end of a line, if there is one. */
function takenTo(before: string, text: string, most: number): number {
  const from = text.startsWith(before) ? before.length : 0;
  if (text.length - from <= most) return text.length;
  const lineEnd = text.lastIndexOf('\n', from + most - 1) + 1;
  return lineEnd > from ? lineEnd : from + most;
}

interface Step {
  left: number;
  readonly references: References;
  readonly streaming: boolean;
}

function drawnChunks(
  before: readonly DrawnChunk[],
  chunks: readonly Chunk[],
  step: Step,
): readonly DrawnChunk[] {
  const drawn: DrawnChunk[] = [];
  for (let at = chunks.length - 1; at >= 0; at -= 1) {
    const chunk = chunks[at];
    if (!chunk) continue;
    const old = before[at];
    drawn.push(drawnChunk(old?.chunk.first === chunk.first ? old : null, chunk, step));
  }
  return drawn.toReversed();
}

function drawnChunk(old: DrawnChunk | null, chunk: Chunk, step: Step): DrawnChunk {
  const { references, streaming } = step;
  if (old?.chunk === chunk) {
    const known = old.references === references && old.streaming === streaming;
    if (old.done && known) return old;
    if (step.left <= 0) return old.done ? { ...old, done: false } : old;
  }
  const drawn = chunk.blocks.map((block, at) => ({ block, at })).toReversed();
  const blocks = drawn
    .map(({ block, at }) => drawnBlock(old, block, chunk.first + at, at, step))
    .toReversed();
  const needs = blocks.map((block) => block.needs);
  const isSame =
    old?.needs.length === needs.length && needs.every((one, at) => one === old.needs[at]);
  const done = blocks.every((block) => block.done);
  return { chunk, needs: isSame ? old.needs : needs, references, streaming, done };
}

/** What one block is rendered with after this step, and whether that is complete. */
function drawnBlock(old: DrawnChunk | null, block: Block, index: number, at: number, step: Step) {
  const had = old?.needs[at] ?? null;
  const wanted = needsOf(block, index, step.references, step.streaming);
  const isSame = had?.definitions === wanted.definitions && had.notes === wanted.notes;
  const grew = had !== null && old?.chunk.blocks[at] !== block;
  const changes = !isSame && step.left > 0;
  if (changes || grew) step.left -= block.weight + wanted.definitions.length / CHARACTERS;
  return { needs: changes ? wanted : had, done: isSame || changes };
}

const areDrawn = ({ count, weight }: DrawnNotes, { numbers }: References): boolean =>
  count >= numbers.size || weight > NOTES_WEIGHT;

function drawnNotes(before: DrawnNotes, references: References, step: Step): DrawnNotes {
  let drawn = before;
  for (const label of [...references.numbers.keys()].slice(before.count)) {
    if (step.left <= 0 || areDrawn(drawn, references)) break;
    const { weight } = parseCost(references.footnotes.get(label) ?? '');
    step.left -= weight;
    drawn = { count: drawn.count + 1, weight: drawn.weight + weight };
  }
  return drawn;
}
