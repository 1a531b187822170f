import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildContinuation, buildPrompt, contextMessages, CONTINUE_INSTRUCTION } from './prompt';
import type { PromptLimits } from './prompt-room';

const limited = (more: Partial<PromptLimits> = {}): PromptLimits => ({
  messages: contextMessages(12),
  chars: 100_000,
  tokens: null,
  ...more,
});
const exchange = (n: number) => [
  { role: 'user' as const, content: `question ${String(n)}` },
  { role: 'assistant' as const, content: `answer ${String(n)}` },
];

test('the prompt is one system message of instructions and memory, exchanges and the new message', () => {
  const context = { messages: exchange(1), memory: '- likes tea', systemPrompt: null };
  expect(buildPrompt(context, 'hello', limited()).messages).toEqual([
    {
      role: 'system',
      content: 'You are a helpful assistant.\n\nSession memory (pinned): - likes tea',
    },
    { role: 'user', content: 'question 1' },
    { role: 'assistant', content: 'answer 1' },
    { role: 'user', content: 'hello' },
  ]);
});

test('a full window that begins with a reply starts at the next question', () => {
  const messages = [
    ...exchange(1).slice(1),
    ...exchange(2),
    { role: 'user' as const, content: 'more' },
  ];
  const context = { messages, memory: null, systemPrompt: 'Be brief.' };
  const prompt = buildPrompt(context, 'hello', limited({ messages: 4 }));
  expect(prompt.messages.map(({ content }) => content)).toEqual([
    'Be brief.',
    'question 2',
    'answer 2',
    'more\n\nhello',
  ]);
});

test('while the window has room, a leading reply is kept inside the first user message', () => {
  const messages = exchange(1).slice(1);
  const context = { messages, memory: null, systemPrompt: null };
  const prompt = buildPrompt(context, 'hello', limited({ messages: 4 }));
  expect(prompt.messages.slice(1)).toEqual([
    { role: 'user', content: 'Earlier you said:\n\nanswer 1\n\nhello' },
  ]);
});

test('what a reply was kept with of the thoughts of its model is not said again', () => {
  const messages = [
    ...exchange(1),
    { role: 'assistant' as const, content: '<think>plan</think>\n\nanswer 2' },
    { role: 'user' as const, content: 'what is <think>a</think>?' },
    { role: 'assistant' as const, content: '<think>plan' },
  ];
  const context = { messages, memory: null, systemPrompt: null };
  expect(buildPrompt(context, 'hello', limited()).messages.slice(1)).toEqual([
    { role: 'user', content: 'question 1' },
    { role: 'assistant', content: 'answer 1\n\nanswer 2' },
    { role: 'user', content: 'what is <think>a</think>?\n\nhello' },
  ]);
});

test('roles alternate with the user first and no text is lost, whatever the order of messages', () => {
  const role = fc.constantFrom('user' as const, 'assistant' as const);
  const message = fc.record({ role, content: fc.stringMatching(/^\w{1,9}$/) });
  const conversation = fc.array(message, { maxLength: 23 });
  fc.assert(
    fc.property(conversation, fc.boolean(), (messages, continued) => {
      const context = { messages, memory: '- likes tea', systemPrompt: null };
      const { messages: prompt, omitted } = continued
        ? buildContinuation(context, { question: 'why', text: 'since' }, limited())
        : buildPrompt(context, 'why', limited());
      expect(prompt.map((each) => each.role)).toEqual(
        prompt.map((_, at) => (at === 0 ? 'system' : at % 2 === 1 ? 'user' : 'assistant')),
      );
      const said = prompt.slice(1).flatMap(({ content }) => content.split('\n\n'));
      const end = continued ? ['why', 'since', CONTINUE_INSTRUCTION] : ['why'];
      expect(said.filter((text) => text !== 'Earlier you said:')).toEqual([
        ...messages.map(({ content }) => content),
        ...end,
      ]);
      expect(omitted).toBe(0);
    }),
  );
});

test('joined questions keep to the budget, and are dropped one by one', () => {
  const messages = Array.from({ length: 20 }, (_, n) => ({
    role: 'user' as const,
    content: `fact ${String(n)} `.padEnd(99, '.'),
  }));
  const context = { messages, memory: null, systemPrompt: 'Be brief.' };
  const { messages: prompt, omitted } = buildPrompt(context, 'hello', limited({ chars: 1000 }));
  expect(prompt).toHaveLength(2);
  expect(prompt[1]?.content).toMatch(/^fact 11 [^]*\n\nfact 19 \.+\n\nhello$/);
  expect(charsOf(prompt)).toBeLessThanOrEqual(1000);
  expect(omitted).toBe(11);
});

test('a limit of zero or less means no exchanges', () => {
  expect(contextMessages(0)).toBe(0);
  expect(contextMessages(-3)).toBe(0);
});

test('a continuation sends the whole reply, with the same prompt before it and a request to go on after it', () => {
  const context = { messages: exchange(1), memory: '- likes tea', systemPrompt: null };
  const prompt = buildContinuation(
    context,
    { question: 'hello', text: 'Once ' },
    limited(),
  ).messages;
  expect(prompt.slice(0, -2)).toEqual(buildPrompt(context, 'hello', limited()).messages);
  expect(prompt.slice(-2)).toEqual([
    { role: 'assistant', content: 'Once ' },
    { role: 'user', content: CONTINUE_INSTRUCTION },
  ]);
});

const session = (count: number, length: number) => ({
  memory: null,
  systemPrompt: 'Be brief.',
  messages: Array.from({ length: count }, (_, n) => [
    { role: 'user' as const, content: `q${String(n)} `.padEnd(length, 'x') },
    { role: 'assistant' as const, content: `a${String(n)} `.padEnd(length, 'x') },
  ]).flat(),
});
const charsOf = (messages: readonly { content: string }[]) =>
  messages.reduce((sum, { content }) => sum + content.length, 0);
const beginnings = (messages: readonly { content: string }[]) =>
  messages.map(({ content }) => content.split(' ')[0]);

test('a prompt keeps the newest whole exchanges that fit and counts the messages it drops', () => {
  const context = session(12, 1000);
  const { messages, omitted } = buildPrompt(context, 'hello', limited({ chars: 5000 }));
  expect(beginnings(messages)).toEqual(['Be', 'q10', 'a10', 'q11', 'a11', 'hello']);
  expect(omitted).toBe(20);
  expect(charsOf(messages)).toBeLessThanOrEqual(5000);
  expect(buildPrompt(context, 'hello', limited()).omitted).toBe(0);
});

test('twenty-four messages of 64 kB make a prompt within its budget', () => {
  const { messages } = buildPrompt(session(12, 64_000), 'hi', limited({ chars: 120_000 }));
  expect(charsOf(messages)).toBeLessThanOrEqual(120_000);
});

test('nothing older than a dropped exchange is kept, so there is no gap', () => {
  const context = session(3, 100);
  const giant = { role: 'assistant' as const, content: 'x'.repeat(5000) };
  const messages = [...context.messages.slice(0, 3), giant, ...context.messages.slice(4)];
  const prompt = buildPrompt({ ...context, messages }, 'hello', limited({ chars: 2000 }));
  expect(beginnings(prompt.messages)).toEqual(['Be', 'q2', 'a2', 'hello']);
  expect(prompt.omitted).toBe(4);
});

test('what the owner wrote about themselves stands between instructions and memory, within the budget', () => {
  const context = { messages: [], about: 'I live in Oslo.', memory: '- tea', systemPrompt: null };
  const content = (chars: number) =>
    buildPrompt(context, 'Hi', { messages: 10, chars, tokens: null }).messages[0]?.content;
  expect(content(10_000)).toBe(
    'You are a helpful assistant.\n\nAbout the user: I live in Oslo.\n\nSession memory (pinned): - tea',
  );
  expect(content(40)).toBe('You are a helpful assistant.');
});

test('instructions and question are always sent, and whole lines of the memory up to half the budget', () => {
  const memory = '- a line of it\n'.repeat(1000);
  const context = { ...session(1, 10), memory };
  const question = 'why '.repeat(1000);
  const tiny = buildPrompt(context, question, limited({ chars: 1000 })).messages;
  expect(tiny.map(({ content }) => content)).toEqual(['Be brief.', question]);
  const { messages } = buildPrompt(context, 'why?', limited({ chars: 1000 }));
  const [instructions, pinned = ''] = messages[0]?.content.split('\n\n') ?? [];
  expect(instructions).toBe('Be brief.');
  expect(pinned.length).toBeLessThanOrEqual(500);
  expect(pinned).toMatch(/^Session memory \(pinned\): - a line of it\n[^]*- a line of it$/);
});

test('a known context size limits tokens: a third per ASCII character, one for any other', () => {
  const latin = buildPrompt(session(12, 300), 'hello', limited({ tokens: 1000 }));
  expect(beginnings(latin.messages)).toEqual([
    'Be',
    'q8',
    'a8',
    'q9',
    'a9',
    'q10',
    'a10',
    'q11',
    'a11',
    'hello',
  ]);
  const messages = session(12, 300).messages.map((message) => ({
    ...message,
    content: message.content.replaceAll('x', '漢'),
  }));
  const context = { ...session(0, 0), messages };
  const chinese = buildPrompt(context, 'hello', limited({ tokens: 1000 }));
  expect(beginnings(chinese.messages)).toEqual(['Be', 'q11', 'a11', 'hello']);
});

test('a continuation of a reply longer than the budget sends its end and never half a character', () => {
  const text = `beginning ${'x'.repeat(9000)}${'😀'.repeat(600)}`;
  const begun = { question: 'tell me', text };
  for (const chars of [1000, 1500, 1501, 1502]) {
    const { messages } = buildContinuation(session(12, 100), begun, limited({ chars }));
    const tail = messages.at(-2)?.content ?? '';
    expect(text.endsWith(tail)).toBe(true);
    expect(tail.isWellFormed()).toBe(true);
    expect(tail.length).toBeGreaterThan(500);
    expect(charsOf(messages)).toBeLessThanOrEqual(chars);
  }
  const tiny = buildContinuation(session(1, 10), begun, limited({ chars: 10 })).messages;
  expect(tiny.at(-2)?.content).toBe('😀'.repeat(250));
});
