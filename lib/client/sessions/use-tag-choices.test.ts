import { expect, test } from 'vitest';
import { choicesOf, editOf, withTyped } from './use-tag-choices';

const before = choicesOf([{ tags: ['a', 'b'] }, { tags: ['a'] }, {}], ['c']);

test('a tag is on all sessions, on some or on none', () => {
  expect(before).toEqual([
    { tag: 'a', share: 'some' },
    { tag: 'b', share: 'some' },
    { tag: 'c', share: 'none' },
  ]);
  expect(choicesOf([{ tags: ['x'] }], [])).toEqual([{ tag: 'x', share: 'all' }]);
});

test('tags that differ in case only are one choice, spelled as the owner first wrote it', () => {
  const choices = choicesOf([{ tags: ['travel'] }, { tags: ['TRAVEL', 'own'] }], ['Travel']);
  expect(choices).toEqual([
    { tag: 'own', share: 'some' },
    { tag: 'Travel', share: 'all' },
  ]);
  const without = choices.map((each) => ({ ...each, share: 'none' as const }));
  expect(editOf(choices, without)).toEqual({ add: [], remove: ['own', 'Travel'] });
});

test('only what was touched is changed', () => {
  expect(editOf(before, before)).toEqual({ add: [], remove: [] });
  const after = before.map((each) =>
    each.tag === 'b' ? { ...each, share: 'none' as const } : each,
  );
  expect(editOf(before, withTyped(after, ' New  one '))).toEqual({
    add: ['New one'],
    remove: ['b'],
  });
});

test('a typed tag takes the spelling that is known', () => {
  expect(editOf(before, withTyped(before, 'C'))).toEqual({ add: ['c'], remove: [] });
  expect(withTyped(before, '  ')).toBe(before);
});
