import { counted } from '../numbers';

/** Tags of sessions, and the dialog that edits them. */
export const tags = {
  edit: 'Tags…',
  tags: 'Tags',
  ofOne: (title: string) => `Tags of “${title}”`,
  ofMany: (count: number) => `Tags of ${counted(count, 'session', 'sessions')}`,
  none: 'You have no tags yet. Add the first one.',
  fresh: 'New tag',
  add: 'Add',
  save: 'Save',
  full: (most: number) => `A session can have ${String(most)} tags.`,
  tooMany: (count: number) =>
    `${counted(count, 'session has', 'sessions have')} ten tags already. Remove one first.`,
  withTag: (tag: string) => `Sessions with the tag ${tag}`,
  loading: 'Loading…',
};
