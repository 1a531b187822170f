import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE_WEIGHT, STEP_WEIGHT, firstBudgets } from './budgets';
import { type Drawing, draw, firstDrawing } from './drawing';
import { answers } from '@/components/markdown/fixtures/answers';
import { hostile } from '@/components/markdown/fixtures/hostile';
import { MAX_BLOCK_WEIGHT } from '@/lib/markdown/blocks/parse-cost';

/** The work of rendering a text, as a whole or streamed in pieces. */
function workOf(text: string, pieces = 1) {
  let drawing = firstDrawing({ text: '', streaming: pieces > 1 }, STEP_WEIGHT);
  const work = { steps: 0, weight: 0, heaviest: 0, parsed: 0 };
  const step = (next: Drawing) => {
    work.steps += 1;
    work.weight += next.weight;
    work.heaviest = Math.max(work.heaviest, next.weight);
    drawing = next;
  };
  for (let piece = 1; piece <= pieces; piece += 1) {
    const written = text.slice(0, Math.ceil((text.length * piece) / pieces));
    step(draw(drawing, { text: written, streaming: piece < pieces }, STEP_WEIGHT));
  }
  while (!drawing.done && work.steps < 5_000) step(draw(drawing, drawing, STEP_WEIGHT));
  expect(drawing.done).toBe(true);
  work.parsed = parsedBy(drawing);
  return work;
}

/** Characters passed to the parser. */
function parsedBy({ chunks }: Drawing): number {
  return chunks
    .flatMap(({ chunk, needs }) =>
      chunk.blocks.map(({ text, plain }, at) =>
        plain ? 0 : text.length + (needs[at]?.definitions.length ?? 0),
      ),
    )
    .reduce((sum, length) => sum + length, 0);
}

/** Checks for work that grows faster than the text: twice the text is twice the work, apart from fixed allowances. */
function tooMuch(make: (size: number) => string, size: number) {
  const [once, twice] = [workOf(make(size)), workOf(make(2 * size))];
  const limits = {
    weight: 2.5 * once.weight + 8_000,
    parsed: 2.5 * once.parsed + 24_000,
    steps: 2.5 * once.steps + 12,
  };
  const names = ['weight', 'parsed', 'steps'] as const;
  return names.filter((name) => twice[name] > limits[name]);
}

const shapes = Object.entries(hostile);
const HEAVIEST = STEP_WEIGHT + 2 * MAX_BLOCK_WEIGHT;

test.each(shapes)('twice %s is twice the work', (_, make) => {
  expect(tooMuch(make, 8_000)).toEqual([]);
});

test('no step of a text of the maximum length is long', () => {
  // A third of the shapes is enough: another test tries the growth of each.
  const some = shapes.filter((_, at) => at % 3 === 0);
  const heavy = some.flatMap(([name, make]) => {
    const { heaviest, parsed } = workOf(make(200_000));
    return heaviest > HEAVIEST || parsed > 2_000_000 ? [`${name}: ${heaviest}, ${parsed}`] : [];
  });
  expect(heavy).toEqual([]);
});

test('no update of a streamed text is long, whatever the text', () => {
  const heavy = shapes.flatMap(([name, make]) => {
    const { heaviest } = workOf(make(8_000), 8);
    return heaviest > HEAVIEST ? [`${name}: ${heaviest}`] : [];
  });
  expect(heavy).toEqual([]);
});

const shape = fc.constantFrom(...shapes.map(([, make]) => make));
const change = fc.record({
  other: shape,
  /** Where the other is inserted, as a fraction of the whole, and how much of it. */
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  share: fc.double({ min: 0, max: 0.5, noNaN: true }),
  between: fc.constantFrom('', '\n', '\n\n', '> ', '- ', '`', '[', '\\'),
});

test('twice a mixture of hostile texts is twice the work', () => {
  fc.assert(
    fc.property(shape, fc.array(change, { minLength: 1, maxLength: 3 }), (first, changes) => {
      const make = (size: number) =>
        changes.reduce((text, { other, at, share, between }) => {
          const cut = Math.floor(text.length * at);
          return `${text.slice(0, cut)}${between}${other(size * share)}${between}${text.slice(cut)}`;
        }, first(size));
      expect(tooMuch(make, 8_000)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

const part = fc.oneof(
  fc.constantFrom(...answers),
  fc.constantFrom('- ', '> ', '1. ', '\n', '\n\n', '|', '[a]', '[a]: http://b\n', '```\n', '<a '),
  fc.string({ maxLength: 20 }),
);

test('twice a generated text is twice the work', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
      const unit = parts.join('');
      const make = (size: number) => unit.repeat(Math.ceil(size / Math.max(unit.length, 1)));
      expect(tooMuch(make, 8_000)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('the first step renders the end, as far as its budget allows', () => {
  const text = answers.join('\n\n').repeat(10);
  const drawn = firstDrawing({ text, streaming: false }, 1_000);
  expect(drawn.weight).toBeGreaterThan(900);
  expect(drawn.weight).toBeLessThan(1_000 + MAX_BLOCK_WEIGHT);
  expect(drawn.chunks.at(-1)?.needs.at(-1)).not.toBeNull();
  expect(drawn.chunks[0]?.needs[0]).toBeNull();
  expect(firstDrawing({ text, streaming: false }, 0)).toMatchObject({ chunks: [], rest: text });
});

test('all texts of a page share one budget, and the last ones get it first', () => {
  const budgets = firstBudgets(
    ['a'.repeat(60_000), 'b'.repeat(60_000), 'c'.repeat(3_000)],
    PAGE_WEIGHT,
  );
  expect(budgets[2]).toBeGreaterThan(500);
  expect(budgets[1]).toBeGreaterThan(budgets[0] ?? 0);
  const many = firstBudgets(
    Array.from({ length: 50 }, () => 'd'.repeat(64_000)),
    PAGE_WEIGHT,
  );
  expect(many.reduce((sum, budget) => sum + budget, 0)).toBeLessThanOrEqual(PAGE_WEIGHT);
  expect(
    firstBudgets(
      Array.from({ length: 50 }, () => 'short'),
      PAGE_WEIGHT,
    ).every((one) => one > 30),
  ).toBe(true);
});

test('an answer gets enough to be rendered whole by the server', () => {
  for (const text of answers) {
    const [budget = 0] = firstBudgets([text], PAGE_WEIGHT);
    expect(firstDrawing({ text, streaming: false }, budget).done).toBe(true);
  }
});
