import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '@/lib/reply/entry';
import { replyLog } from '@/lib/reply/log';
import { reasoningFilter } from './reasoning-filter';
import { partsOf } from '@/lib/reply/parts';
import type { FilterEvent } from './filter-output';
import { withoutReasoning } from './without-reasoning';

/** What a reader has at the end, who was given these pieces one by one: of both kinds, or of text alone. */
function readAll(
  pieces: readonly string[],
  { expected = false, withReasoning = true, whole = true } = {},
) {
  const log = replyLog();
  const filter = reasoningFilter(
    (event) => {
      if (event.kind === 'cut') log.cut(event.length);
      else log.append(event.kind, event.text);
    },
    { expected, withReasoning },
  );
  for (const piece of pieces) filter.push(piece);
  filter.end(whole);
  const entries = log.since(0);
  const began = filter.beganInReasoning();
  return { text: textOf(entries), reasoning: textOf(entries, 'reasoning'), began };
}

const read = (...pieces: string[]) => readAll(pieces).text;

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
  ['within a thought', '<think>a <think>b</think> c</think>Hi', 'Hi'],
  ['that speaks of its opening tag', '<think>a `<think>` b</think>Hi', 'Hi'],
  ['with blanks in its tags', '<think >plan</think >Hi', 'Hi'],
  ['with other blanks in its tags', '< think >plan</ think >Hi', 'Hi'],
  ['with blanks before its slash', '< think>plan< / think >Hi', 'Hi'],
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
  expect(withoutReasoning(text)).toBe(said);
});

test.each(TEXT)('a text %s was kept as it is', (_, text) => {
  expect(withoutReasoning(text)).toBe(text);
});

test.each(THOUGHT)('what is thought %s is events apart, however it is split', (_, text, said) => {
  const whole = readAll([text]).reasoning;
  expect(whole).toBe(whole.trim());
  for (let at = 0; at <= text.length; at += 1)
    expect(readAll([text.slice(0, at), text.slice(at)]).reasoning, String(at)).toBe(whole);
  expect(readAll(text.split(''))).toMatchObject({ text: said, reasoning: whole });
});

test.each([
  ['<think>plan</think>\n\nHi', 'plan'],
  ['<think>\na\n\nb\n</think>\nHi', 'a\n\nb'],
  ['<think>a</think>\n<think>b</think>\nHi', 'a\n\nb'],
  ['plan\n</think>\n\nHi', 'plan'],
  ['First.\n<think>\nplan\n</think>\n\nThen.', 'plan'],
  ['<think duration="3">plan</think>Hi', 'plan'],
  ['<seed:think>plan</seed:think>Hi', 'plan'],
  ['< think >plan< /think >Hi', 'plan'],
  ['<think>plan', 'plan'],
  [
    '<|channel|>analysis<|message|>plan<|end|><|start|>assistant<|channel|>final<|message|>Hi',
    'plan',
  ],
])('the reasoning of %j is %j', (text, reasoning) => {
  expect(readAll([text]).reasoning).toBe(reasoning);
  expect(readAll(text.split('')).reasoning).toBe(reasoning);
  expect(readAll([text], { withReasoning: false })).toMatchObject({
    text: readAll([text]).text,
    reasoning: '',
  });
});

test('reasoning that its server separates keeps its place beside the text, also when text is taken back', () => {
  const log = replyLog();
  const filter = reasoningFilter((events) => {
    if (events.kind === 'cut') log.cut(events.length);
    else log.append(events.kind, events.text);
  });
  filter.think('one ');
  filter.push('Well.\n<thi');
  filter.think('two ');
  filter.push('nk>\nplan\n</think>\nHi');
  filter.end();
  expect(partsOf(log.since(0))).toEqual([
    { kind: 'reasoning', text: 'one ' },
    { kind: 'text', text: 'Well.\n' },
    { kind: 'reasoning', text: 'two \n\nplan' },
    { kind: 'text', text: 'Hi' },
  ]);
});

describe('of a model that began within a thought the last time', () => {
  const expecting = (pieces: string[], more = {}) => readAll(pieces, { expected: true, ...more });

  test('everything before the closing tag is reasoning, however it is cut', () => {
    const text = 'plan, and `</think>` ends it\n</think>\n\nHi';
    for (let at = 0; at <= text.length; at += 1)
      expect(expecting([text.slice(0, at), text.slice(at)]), `cut at ${String(at)}`).toEqual({
        text: 'Hi',
        reasoning: 'plan, and `</think>` ends it',
        began: true,
      });
  });

  test.each([true, false])('a reply without a closing tag was no thought (%j)', (withReasoning) => {
    expect(expecting(['Hello', ' you '], { withReasoning })).toEqual({
      text: 'Hello you ',
      reasoning: '',
      began: false,
    });
  });

  test('what breaks off before the closing tag may be a thought, and is not said', () => {
    const broken = { text: '', reasoning: 'Hello', began: null };
    expect(expecting(['Hello'], { whole: false })).toEqual(broken);
  });

  test('a thought with both tags is read as ever', () => {
    expect(expecting(['<think>plan</think>', 'Hi', ' you'])).toEqual({
      text: 'Hi you',
      reasoning: 'plan',
      began: false,
    });
  });
});

test('where a thought began is known at its closing tag', () => {
  const filter = reasoningFilter(() => undefined);
  filter.push('plan');
  expect(filter.beganInReasoning()).toBeNull();
  filter.push('</think>\nHi');
  expect(filter.beganInReasoning()).toBe(true);
});

test('a closing tag after a thought is text', () => {
  const text = 'Write this:\n</think>\nDone.';
  expect(read(`<think>plan</think>${text}`)).toBe(text);
});

test('text and thoughts are events at once, piece by piece', () => {
  const events: FilterEvent[] = [];
  const filter = reasoningFilter((each) => events.push(each));
  for (const piece of ['<think>', 'a long thought that goes on', ' and on</think>', 'Hel', 'lo'])
    filter.push(piece);
  expect(events).toEqual([
    { kind: 'reasoning', text: expect.stringMatching(/^a long/) as string },
    { kind: 'reasoning', text: expect.stringMatching(/and on$/) as string },
    { kind: 'text', text: 'Hel' },
    { kind: 'text', text: 'lo' },
  ]);
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
      expect(readAll(pieces)).toEqual(readAll([text]));
    }),
  );
});

test.each([
  ['closing tags', '\n</think>\nx'],
  ['thoughts', '<think>a</think>\n'],
  ['code with tags', '```\n</think>\n'],
  ['blanks', ' '],
])('a long text of %s takes linear time', (_, part) => {
  const filter = reasoningFilter(() => undefined);
  const startedAt = performance.now();
  for (let n = 0; n < 50_000; n += 1) filter.push(part);
  filter.end();
  // It takes some 100 ms; in quadratic time it would take minutes.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
