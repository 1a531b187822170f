import { expect, test } from 'vitest';
import { mergePages } from './merge-pages';

const messages = (...ids: string[]) =>
  ids.map((id) => ({
    id,
    role: 'user' as const,
    content: id,
    state: 'complete' as const,
    turn: null,
  }));
const join = (shown: string[], page: string[]) =>
  mergePages(messages(...shown), messages(...page)).map(({ id }) => id);

test('earlier messages stay before those of the refreshed page', () => {
  expect(join(['a', 'b', 'c'], ['b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
});

test('after a gap only the page counts', () => {
  expect(join(['a', 'b'], ['d', 'e'])).toEqual(['d', 'e']);
});

test('an empty page is an empty session', () => {
  expect(join(['a'], [])).toEqual([]);
});
