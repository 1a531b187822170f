import { expect, test } from 'vitest';
import { reassembler } from './reassembly';

test('duplicate and overlapping pieces add only what is new', () => {
  const text = reassembler();
  expect(text.add({ offset: 0, text: 'Once ' })).toBe(5);
  expect(text.add({ offset: 0, text: 'Once ' })).toBe(0);
  expect(text.add({ offset: 2, text: 'ce upon' })).toBe(4);
  expect(text.add({ offset: 1, text: 'nce' })).toBe(0);
  expect([text.since(0), text.hasGap()]).toEqual(['Once upon', false]);
});

test('a piece that arrives early waits for the text before it', () => {
  const text = reassembler();
  text.add({ offset: 0, text: 'Once' });
  expect(text.add({ offset: 10, text: 'a time' })).toBe(0);
  expect(text.add({ offset: 9, text: ' a t' })).toBe(0);
  expect([text.since(0), text.hasGap()]).toEqual(['Once', true]);
  expect(text.add({ offset: 4, text: ' upon' })).toBe(5);
  expect([text.since(0), text.hasGap()]).toEqual(['Once upon a time', false]);
});
