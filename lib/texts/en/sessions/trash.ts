import { RESTORE_DAYS } from '@/lib/retention';

const DAYS = `${String(RESTORE_DAYS)} days`;

/** The list of deleted sessions, and what asks before it deletes. */
export const trash = {
  about: `Deleted chats can be restored for ${DAYS}. Then they are removed permanently.`,
  none: `No deleted chats. Chats you delete stay here for ${DAYS}.`,
  on: (day: string) => `Deleted ${day}`,
  restoreNamed: (title: string) => `Restore ${title}`,
  empty: {
    open: 'Empty…',
    title: 'Empty “Recently deleted”?',
    what: 'This permanently deletes the chats that you deleted, with their messages and memories. It **cannot be undone**.',
  },
  forGood: {
    open: (title: string) => `Delete ${title} permanently…`,
    title: (title: string) => `Delete “${title}” permanently?`,
    what: 'This deletes the chat with all its messages and its memory. It **cannot be undone**.',
    run: 'Delete permanently',
  },
  older: 'Deleted earlier',
  everything: {
    title: 'Delete everything?',
    what: 'This deletes all your data on this server:',
    parts: [
      'every chat, with all its messages and replies,',
      'every memory and “About me”, with their history,',
      `chats deleted in the last ${DAYS},`,
      'and unsent drafts in this browser.',
    ],
    forGood:
      'This takes effect immediately and **cannot be undone**. Export what you want to keep first.',
    word: 'delete',
    confirm: (word: string) => `Type **${word}** to confirm`,
    run: 'Delete everything',
    running: 'Deleting…',
    unknown: 'The deletion may not have finished. Try again.',
  },
};
