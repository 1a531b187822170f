import { counted } from '../parts/numbers';

/** The dialog that edits them, and lists. */
export const tagging = {
  tags: 'Tags',
  ofOne: (title: string) => `Tags of “${title}”`,
  ofMany: (count: number) => `Tags of ${counted(count, 'chat', 'chats')}`,
  none: 'You have no tags yet. Add the first one.',
  fresh: 'New tag',
  add: 'Add',
  save: 'Save',
  full: (most: number) => `A chat can have ${String(most)} tags.`,
  tooMany: (count: number) =>
    `${counted(count, 'chat has', 'chats have')} ten tags already. Remove one first.`,
  withTag: (tag: string) => `Chats with the tag ${tag}`,
  loading: 'Loading…',
};
