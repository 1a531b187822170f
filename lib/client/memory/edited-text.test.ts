import { expect, test } from 'vitest';
import { isEdited, meet, writtenElsewhere } from './edited-text';

test('unedited text follows the stored text', () => {
  expect(meet({ base: 'a', text: 'a' }, 'b')).toEqual({ base: 'b', text: 'b' });
});

test('an edit is kept, and the conflicting text is known', () => {
  const edited = { base: 'a', text: 'mine' };
  expect(meet(edited, 'theirs')).toBe(edited);
  expect(writtenElsewhere(edited, 'theirs')).toBe('theirs');
  expect(writtenElsewhere(edited, 'a')).toBeNull();
  expect(writtenElsewhere(edited, '')).toBe('');
});

test('text stored by this editor is no conflict: the edit is rebased onto it', () => {
  const edited = { base: 'a', text: 'mine' };
  expect(meet(edited, '', '')).toEqual({ base: '', text: 'mine' });
  expect(meet(edited, 'theirs', '')).toBe(edited);
});

test('saved text is no longer edited', () => {
  const saved = meet({ base: 'a', text: 'mine ' }, 'mine');
  expect(isEdited(saved)).toBe(false);
});
