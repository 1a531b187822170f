import { expect, test } from 'vitest';
import { buildContinuation, buildPrompt, contextMessages, GO_ON } from './prompt';

const exchange = (n: number) => [
  { role: 'user' as const, content: `question ${String(n)}` },
  { role: 'assistant' as const, content: `answer ${String(n)}` },
];

test('the prompt is instructions, memory, exchanges and the new message, in this order', () => {
  const context = { messages: exchange(1), memory: '- likes tea', systemPrompt: null };
  expect(buildPrompt(context, 'hello', contextMessages(12))).toEqual([
    { role: 'system', content: 'You are a helpful assistant.' },
    { role: 'system', content: 'Session memory (pinned): - likes tea' },
    { role: 'user', content: 'question 1' },
    { role: 'assistant', content: 'answer 1' },
    { role: 'user', content: 'hello' },
  ]);
});

test('a full window that begins with a reply starts at the question after it', () => {
  const messages = [
    ...exchange(1).slice(1),
    ...exchange(2),
    { role: 'user' as const, content: 'more' },
  ];
  const prompt = buildPrompt({ messages, memory: null, systemPrompt: 'Be brief.' }, 'hello', 4);
  expect(prompt.map(({ content }) => content)).toEqual([
    'Be brief.',
    'question 2',
    'answer 2',
    'more',
    'hello',
  ]);
});

test('a session that begins with a reply keeps it while the window has room', () => {
  const messages = exchange(1).slice(1);
  const prompt = buildPrompt({ messages, memory: null, systemPrompt: null }, 'hello', 4);
  expect(prompt.map(({ content }) => content)).toContain('answer 1');
});

test('no exchanges at all are wanted with a limit of zero or less', () => {
  expect(contextMessages(0)).toBe(0);
  expect(contextMessages(-3)).toBe(0);
});

test('a reply is continued from its whole text, with the same prompt before it and a wish after it', () => {
  const context = { messages: exchange(1), memory: '- likes tea', systemPrompt: null };
  const prompt = buildContinuation(context, { question: 'hello', text: 'Once ' }, 24);
  expect(prompt.slice(0, -2)).toEqual(buildPrompt(context, 'hello', 24));
  expect(prompt.slice(-2)).toEqual([
    { role: 'assistant', content: 'Once ' },
    { role: 'user', content: GO_ON },
  ]);
});
