import { expect, test } from 'vitest';
import { isEdited, rebase, conflictWith } from './edited-text';

test('unedited text follows the stored text', () => {
  expect(rebase({ base: 'a', text: 'a' }, 'b')).toEqual({ base: 'b', text: 'b' });
});

test('an edit is kept, and the conflicting text is known', () => {
  const edited = { base: 'a', text: 'mine' };
  expect(rebase(edited, 'theirs')).toBe(edited);
  expect(conflictWith(edited, 'theirs')).toBe('theirs');
  expect(conflictWith(edited, 'a')).toBeNull();
  expect(conflictWith(edited, '')).toBe('');
});

test('text stored by this editor is no conflict: the edit is rebased onto it', () => {
  const edited = { base: 'a', text: 'mine' };
  expect(rebase(edited, '', '')).toEqual({ base: '', text: 'mine' });
  expect(rebase(edited, 'theirs', '')).toBe(edited);
});

test('saved text is no longer edited', () => {
  const saved = rebase({ base: 'a', text: 'mine ' }, 'mine');
  expect(isEdited(saved)).toBe(false);
});
