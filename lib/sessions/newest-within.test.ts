import { expect, test } from 'vitest';
import { newestWithin } from './newest-within';

const texts = ['aaaa', 'bbb', 'cc', 'd'];
const within = (count: number, characters: number) =>
  newestWithin(texts, (text) => text.length, { count, characters });

test('what fits is kept whole and in order', () => {
  expect(within(9, 99)).toEqual(texts);
  expect(within(4, 10)).toEqual(texts);
});

test('the newest are kept when there are too many', () => {
  expect(within(2, 99)).toEqual(['cc', 'd']);
});

test('the newest are kept when their total is too long', () => {
  expect(within(9, 6)).toEqual(['bbb', 'cc', 'd']);
  expect(within(9, 5)).toEqual(['cc', 'd']);
});

test('the newest one is kept whatever its length', () => {
  expect(within(9, 0)).toEqual(['d']);
  expect(newestWithin([], () => 1, { count: 9, characters: 9 })).toEqual([]);
});
