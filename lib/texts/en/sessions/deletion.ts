import { RESTORE_DAYS } from '@/lib/retention';

const DAYS = `${String(RESTORE_DAYS)} days`;

/** Deleting sessions, and getting them back. */
export const deletion = {
  undo: 'Undo',
  deleted: 'Chat deleted',
  notDeleted: (why: string) => `Could not delete the chat. ${why}`,
  notRestored: (why: string) => `Could not restore the chat. ${why}`,
  deletedHere: 'This chat was deleted',
  deletedElsewhere: `It was deleted in another tab or on another device. Your draft is kept. You can restore the chat for ${DAYS}.`,
  restorable: `You can restore it, with all its messages, for ${DAYS} after deletion.`,
  cannotRestore: `This chat can no longer be restored: more than ${DAYS} have passed, or the server no longer recognises this browser.`,
  yourData: 'Your data',
  everythingDone: 'All your data was deleted.',
};
