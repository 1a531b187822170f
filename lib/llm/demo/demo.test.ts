import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mergePrompt } from '@/lib/chat/memory/memory-merge';
import { buildContinuation, buildPrompt } from '@/lib/chat/prompt/prompt';
import { demoModel } from './demo';
import type { PromptMessage } from '@/lib/ports/model';
import { texts as german } from '@/lib/texts/de/texts';
import { texts } from '@/lib/texts/en/texts';
import { textListener } from '@/tests/setup/text-listener';

async function ask(messages: readonly PromptMessage[]) {
  const pieces: string[] = [];
  const model = demoModel({ pause: () => Promise.resolve() });
  const signal = new AbortController().signal;
  const onEvent = textListener((text) => pieces.push(text));
  const { usage } = await model.stream({
    requestId: 'r',
    model: 'demo',
    messages,
    signal,
    onEvent,
  });
  return { text: pieces.join(''), pieces, usage };
}

const limits = { messages: 24, chars: 100_000, tokens: null };
const prompt = (text: string, memory: string | null = null, earlier: string[] = []) =>
  buildPrompt(
    {
      systemPrompt: null,
      memory,
      messages: earlier.flatMap((content) => [
        { role: 'user' as const, content },
        { role: 'assistant' as const, content: 'Yes.' },
      ]),
    },
    text,
    limits,
  ).messages;

test.each([
  ['Hello!', /^Hello!/],
  ['Write some code', /```python[^]*```typescript[^]*```sql/],
  ['Compare them', /^## [^]*\|:--\|/],
  ['Make a plan for tea', /“tea”[^]*- \[x\]/],
  ['Make a plan: a weekend in Rome', /“a weekend in Rome”/],
  ['Plan a weekend in Rome', /“a weekend in Rome”/],
  ['Make a plan: a weekend in Lisbon', /Alfama[^]*Belém/],
  ['Explain the tides to a pirate', /Moon/],
  ['Postgres or SQLite?', /PRAGMA journal_mode/],
  [
    'Compare tea and coffee, in a table.',
    /\*\*tea\*\* or \*\*coffee\*\*[^]*\| \| tea \| coffee \|/,
  ],
  ['Write a function for primes', /know one program[^]*```python/],
  ['Tell me of the sea', /“Tell me of the sea”[^]*\[\^1\]:/],
])('%s gets Markdown', async (said, shape) => {
  const { text } = await ask(prompt(said));
  expect(text).toMatch(shape);
});

test.each([texts, german].flatMap(({ welcome }) => Object.values(welcome.prompts)))(
  'the prompt “$title” of the first page gets an answer to it',
  async ({ text: prompted }) => {
    const { text } = await ask(prompt(prompted));
    expect(text).not.toContain('demo');
    expect(text.length).toBeGreaterThan(600);
  },
);

test('the answer is deterministic, arrives in small pieces of whole characters, and has usage', async () => {
  const first = await ask(prompt('Hello 😀'));
  expect(await ask(prompt('Hello 😀'))).toEqual(first);
  expect(first.pieces.length).toBeGreaterThan(30);
  expect(first.pieces.every((piece) => piece !== '' && piece.isWellFormed())).toBe(true);
  expect(first.usage?.completion_tokens).toBeGreaterThan(30);
});

test('the message is quoted without its Markdown, and truncated', async () => {
  const { text } = await ask(prompt(`![x](y) **${'😀'.repeat(100)}** <b>`));
  expect(text).toContain(`“!x(y) ${'😀'.repeat(54)}…”`);
});

test('the answer refers to earlier messages and the memory', async () => {
  const { text } = await ask(prompt('And now?', '- likes tea\n- lives by the sea', ['I like tea']));
  expect(text).toContain('The first was “I like tea”');
  expect(text).toContain('> - likes tea\n> - lives by the sea');
});

test('a merge keeps what is known and adds what users wrote about themselves', async () => {
  const exchange = { user: 'My name is Ada. What is up?', reply: 'Not much.' };
  for (const pinned of [[], ['- likes tea']])
    expect((await ask(mergePrompt({ memory: '- likes tea', pinned }, exchange, 2000))).text).toBe(
      '- likes tea\n- My name is Ada.',
    );
  const question = { user: 'Why is the sky blue?', reply: 'It scatters.' };
  expect((await ask(mergePrompt({ memory: null, pinned: [] }, question, 2000))).text).toBe(
    '- Asked about: Why is the sky blue?',
  );
});

test('an abort ends the answer', async () => {
  const controller = new AbortController();
  const pieces: string[] = [];
  const streaming = demoModel({ pause: (ms, signal) => wait(ms, undefined, { signal }) }).stream({
    requestId: 'r',
    model: 'demo',
    messages: prompt('Hello'),
    signal: controller.signal,
    onEvent: textListener((text) => {
      pieces.push(text);
      controller.abort();
    }),
  });
  await expect(streaming).rejects.toThrow('aborted');
  expect(pieces).toHaveLength(1);
});

test('a continuation resumes where the answer stopped', async () => {
  const { text: whole } = await ask(prompt('Hello!'));
  const context = { systemPrompt: null, memory: null, messages: [] };
  const begun = { question: 'Hello!', text: whole.slice(0, 40) };
  const { text: rest } = await ask(buildContinuation(context, begun, limits).messages);
  expect(begun.text + rest).toBe(whole);
});
