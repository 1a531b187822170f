import { expect, test } from 'vitest';
import { isEdited, meet, writtenElsewhere } from './edited-text';

test('text that nobody touched becomes what is stored', () => {
  expect(meet({ base: 'a', text: 'a' }, 'b')).toEqual({ base: 'b', text: 'b' });
});

test('words that were typed stay, and what was written elsewhere is known', () => {
  const edited = { base: 'a', text: 'mine' };
  expect(meet(edited, 'theirs')).toBe(edited);
  expect(writtenElsewhere(edited, 'theirs')).toBe('theirs');
  expect(writtenElsewhere(edited, 'a')).toBeNull();
  expect(writtenElsewhere(edited, '')).toBe('');
});

test('what was stored from here is no conflict: the words that are being written go on from it', () => {
  const edited = { base: 'a', text: 'mine' };
  expect(meet(edited, '', '')).toEqual({ base: '', text: 'mine' });
  expect(meet(edited, 'theirs', '')).toBe(edited);
});

test('what was saved is no longer edited', () => {
  const saved = meet({ base: 'a', text: 'mine ' }, 'mine');
  expect(isEdited(saved)).toBe(false);
});
