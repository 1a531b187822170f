import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thoughtFilter, type ThoughtFilter } from './thoughts';
import { withoutThoughts } from './without-thoughts';

/** What a reader has at the end, who was given these pieces one by one. */
const read = (...pieces: string[]) => readBy(thoughtFilter(), pieces);

function readBy(filter: ThoughtFilter, pieces: readonly string[]): string {
  let text = '';
  for (const piece of [...pieces, null]) {
    const said = piece === null ? filter.end() : filter.push(piece);
    const cut = filter.takeCut();
    if (cut !== null) text = text.slice(0, cut);
    text += said;
  }
  return text;
}

const THOUGHT: [name: string, text: string, said: string][] = [
  ['between tags', '<think>plan</think>\n\nHi', 'Hi'],
  ['after blank space', '\n <think>\nplan\n</think>\n\nHi', 'Hi'],
  ['of nothing', '<think>\n\n</think>\n\nHi', 'Hi'],
  ['twice', '<think>a</think>\n<think>b</think>\nHi', 'Hi'],
  ['with its closing tag twice', '<think>a</think></think>\nHi', 'Hi'],
  ['without an end', '<think>plan', ''],
  ['that speaks of other tags', '<think>a </thinking> b</think>Hi', 'Hi'],
  ['between other tags', '<thinking>plan</thinking>Hi', 'Hi'],
  ['of Magistral', '[THINK]plan[/THINK]Hi', 'Hi'],
  ['of Kimi', '◁think▷plan◁/think▷Hi', 'Hi'],
  [
    'of gpt-oss without its template',
    '<|channel|>analysis<|message|>plan<|end|><|start|>assistant<|channel|>final<|message|>Hi',
    'Hi',
  ],
  ['in capitals', '<Think>plan</THINK>Hi', 'Hi'],
  ['with attributes', '<think duration="3">plan</think>Hi', 'Hi'],
  ['that quotes its own tag', '<think>I end by `</think>` then</think>Hi', 'Hi'],
  ['called reasoning', '<reasoning>plan</reasoning>\n\nHi', 'Hi'],
  ['of Open WebUI', '<details type="reasoning" done="true">\n> plan\n</details>\nHi', 'Hi'],
  ['of Cohere', '<|START_THINKING|>plan<|END_THINKING|><|START_RESPONSE|>Hi', 'Hi'],
  ['of Gemma 4', '<|channel>thought\nplan\n<channel|>Hi', 'Hi'],
  ['of MedGemma', '<unused94>thought\nplan<unused95>Hi', 'Hi'],
  ['of LongCat', '<longcat_think>plan</longcat_think>Hi', 'Hi'],
  [
    'of gpt-oss in two channels',
    '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>commentary<|message|>b<|end|><|start|>assistant<|channel|>final<|message|>Hi',
    'Hi',
  ],
  ['that the template opened', 'plan\n</think>\n\nHi', 'Hi'],
  ['that the template opened, without a line for the tag', 'plan</think>Hi', 'Hi'],
  ['that the template opened, and no answer', 'plan\n</think>', ''],
  ['of nothing that the template opened', '</think>\n\nHi', 'Hi'],
  ['in the middle', 'First.\n<think>\nplan\n</think>\n\nThen.', 'First.\nThen.'],
];

const TEXT: [name: string, text: string][] = [
  ['without tags', ' Hello <b>you</b>, a < b [1] '],
  ['that names the tags', 'It writes `<think>` and `</think>`.\nThen it answers.'],
  ['that names a tag in a sentence', 'The tag </think> ends it.'],
  ['that ends with the name of a tag', 'It ends with </think>'],
  ['that shows the tags as code', '```\n<think>\nplan\n</think>\n```\nDone.'],
  ['that ends like half a tag', 'a </thi'],
  ['that is only half a tag', '<thi'],
  ['of blanks', '  \n '],
  ['with a fold', '<details>\n<summary>More</summary>\n\nx\n</details>\n\nDone.'],
  ['with other tags', '<thinker>Bob</thinker>\n</reasoning>\nDone.'],
];

test.each(THOUGHT)('reasoning %s is removed, however it is split', (_, text, said) => {
  for (let at = 0; at <= text.length; at += 1)
    expect(read(text.slice(0, at), text.slice(at)), `cut at ${String(at)}`).toBe(said);
  expect(read(...text.split(''))).toBe(said);
});

test.each(TEXT)('text %s is unchanged, however it is split', (_, text) => {
  for (let at = 0; at <= text.length; at += 1)
    expect(read(text.slice(0, at), text.slice(at)), `cut at ${String(at)}`).toBe(text);
  expect(read(...text.split(''))).toBe(text);
});

test.each(THOUGHT)('a thought %s is taken out of what was kept', (_, text, said) => {
  expect(withoutThoughts(text)).toBe(said);
});

test.each(TEXT)('a text %s was kept as it is', (_, text) => {
  expect(withoutThoughts(text)).toBe(text);
});

describe('of a model that began within a thought the last time', () => {
  const expecting = () => thoughtFilter({ expected: true });

  test('nothing is said before the closing tag, however it is cut', () => {
    const text = 'plan, and `</think>` ends it\n</think>\n\nHi';
    for (let at = 0; at <= text.length; at += 1) {
      const filter = expecting();
      const pieces = [text.slice(0, at), text.slice(at)];
      expect(readBy(filter, pieces), `cut at ${String(at)}`).toBe('Hi');
      expect([filter.takeCut(), filter.beganInThought()]).toEqual([null, true]);
    }
  });

  test('a reply without a closing tag is said at its end, and was no thought', () => {
    const filter = expecting();
    expect(readBy(filter, ['Hello', ' you'])).toBe('Hello you');
    expect(filter.beganInThought()).toBe(false);
  });

  test('what breaks off before the closing tag may be a thought, and is not said', () => {
    const filter = expecting();
    expect(filter.push('Hello') + filter.end(false)).toBe('');
    expect(filter.beganInThought()).toBeNull();
  });

  test('a thought with both tags is read as ever', () => {
    const filter = expecting();
    expect(readBy(filter, ['<think>plan</think>', 'Hi', ' you'])).toBe('Hi you');
    expect(filter.beganInThought()).toBe(false);
  });
});

test('where a thought began is known at its closing tag', () => {
  const filter = thoughtFilter();
  filter.push('plan');
  expect(filter.beganInThought()).toBeNull();
  filter.push('</think>\nHi');
  expect(filter.beganInThought()).toBe(true);
});

test('a closing tag after a thought is text', () => {
  const text = 'Write this:\n</think>\nDone.';
  expect(read(`<think>plan</think>${text}`)).toBe(text);
});

test('text without a tag is emitted at once, piece by piece', () => {
  const filter = thoughtFilter();
  expect(['Hel', 'lo', ' you'].map((piece) => filter.push(piece))).toEqual(['Hel', 'lo', ' you']);
});

test('any text, split anywhere, gives the same as the whole', () => {
  const part = fc.constantFrom(
    '<think>',
    '</think>',
    '<thi',
    'nk>',
    'a',
    ' ',
    '\n',
    '`',
    '```\n',
    '[',
  );
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat(60)), (parts, cuts) => {
      const text = parts.join('');
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length];
      places.sort((a, b) => a - b);
      const pieces = places.slice(1).map((to, n) => text.slice(places[n], to));
      expect(read(...pieces)).toBe(read(text));
    }),
  );
});

test.each([
  ['closing tags', '\n</think>\nx'],
  ['thoughts', '<think>a</think>\n'],
  ['code with tags', '```\n</think>\n'],
  ['blanks', ' '],
])('a long text of %s takes linear time', (_, part) => {
  const filter = thoughtFilter();
  const startedAt = performance.now();
  for (let n = 0; n < 50_000; n += 1) filter.push(part);
  filter.end();
  // It takes some 100 ms; in quadratic time it would take minutes.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
