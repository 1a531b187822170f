import { expect, test } from 'vitest';
import { exchangesOf, historyOf } from './history';

const said = (content: string, n: number) => ({
  role: n % 2 === 0 ? ('user' as const) : ('assistant' as const),
  content,
});

type Said = ReturnType<typeof said>;

test('short messages all go along, in their order', () => {
  const messages = ['a', 'b', 'c'].map(said);
  expect(historyOf(messages)).toEqual(messages);
});

test('of long ones the newest that fit into a request', () => {
  const messages = Array.from({ length: 9 }, (_, n) => said('é'.repeat(5000), n));
  expect(historyOf(messages)).toEqual(messages.slice(-3));
  expect(historyOf([said(`${'x'.repeat(40_000)}end`, 0)])).toEqual([
    said(`${'x'.repeat(4_997)}end`, 0),
  ]);
});

test('at most a hundred', () => {
  expect(historyOf(Array.from({ length: 150 }, (_, n) => said('x', n)))).toHaveLength(100);
});

test('a question and its reply are an exchange; the last may have none yet', () => {
  const [asked, answered, again] = ['a', 'b', 'c'].map(said) as [Said, Said, Said];
  expect(exchangesOf([asked, answered, again])).toEqual([[asked, answered], [again]]);
});
