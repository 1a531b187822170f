import { RESTORE_DAYS } from '../parts/restore-days';

const DAYS = `${String(RESTORE_DAYS)} days`;

/** Sessions that were deleted, and deleting all there is. */
export const deletion = {
  delete: 'Delete',
  undo: 'Undo',
  deleted: 'Session deleted',
  notDeleted: (why: string) => `The session was not deleted. ${why}`,
  notRestored: (why: string) => `The session is still deleted. ${why}`,
  deletedHere: 'This session was deleted',
  deletedElsewhere: `It was deleted in another tab or on another device. What you were writing here is kept, and for ${DAYS} the session can be restored.`,
  restorable: `It can be restored for ${DAYS} after it was deleted, with everything that was in it.`,
  cannotRestore: `It cannot be brought back here: its ${DAYS} are over, or the server does not know this browser any more.`,
  recently: 'Recently deleted',
  about: `A session that you deleted can be restored for ${DAYS}. After that it is gone.`,
  none: `Nothing here. A session that you delete can be restored from here for ${DAYS}.`,
  on: (day: string) => `Deleted ${day}`,
  restoreNamed: (title: string) => `Restore ${title}`,
  yourData: 'Your data',
  everything: {
    open: 'Delete everything…',
    title: 'Delete everything?',
    what: 'This deletes all that is yours on this server:',
    parts: [
      'every session, with all its messages and replies,',
      'every memory, with its history,',
      `what you deleted in the last ${DAYS} and could still bring back,`,
      'words that you typed and did not send, in this browser.',
    ],
    forGood: 'It happens at once and **cannot be undone**. What you want to keep, export first.',
    word: 'delete',
    confirm: (word: string) => `Type **${word}** to confirm`,
    run: 'Delete everything',
    running: 'Deleting…',
    unknown: 'Nothing is known to be deleted.',
    done: 'Everything that was yours is deleted.',
  },
};
