import { expect, test } from 'vitest';
import { tags as tagsInput } from '@/lib/sessions/session';
import { editTags, readTags, writeTags } from './tags';

test('tags survive a round trip through the store', () => {
  for (const tags of [[], ['one'], ['two words', 'ünï', '"%\\']])
    expect(readTags(writeTags(tags))).toEqual(tags);
});

test('an edit keeps the order, and no tag comes twice', () => {
  const edit = { add: ['New', 'b', 'new'], remove: ['A'] };
  expect(editTags(['c', 'a', 'B'], edit)).toEqual(['c', 'B', 'New']);
});

test.each([
  [
    [' a  b ', 'A b', 'c\nd'],
    ['a b', 'c d'],
  ],
  [['x'.repeat(40)], ['x'.repeat(40)]],
  [['😀'.repeat(40)], ['😀'.repeat(40)]],
])('%j are tags', (given, tags) => {
  expect(tagsInput.parse(given)).toEqual(tags);
});

test.each([
  ['a blank one', [' ']],
  ['more than 40 characters', ['x'.repeat(41)]],
  ['U+0000', ['a\0']],
  ['more than ten', Array.from({ length: 11 }, (_, n) => String(n))],
  ['no list', 'a'],
])('%s is refused', (_, given) => {
  expect(tagsInput.safeParse(given).success).toBe(false);
});
