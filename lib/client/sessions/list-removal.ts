import { arrangeSession, deleteSession, restoreSession } from '@/lib/client/net/api';
import type { CallResult } from '@/lib/client/net/call';
import { texts } from '@/lib/texts/texts';

/** Removes a session from the list, and can be undone. */
export interface ListRemoval {
  remove(id: string): Promise<CallResult<unknown>>;
  undo(id: string): Promise<CallResult<unknown>>;
  readonly done: string;
  readonly notDone: (why: string) => string;
  readonly notUndone: (why: string) => string;
}

export const DELETION: ListRemoval = {
  remove: deleteSession,
  undo: restoreSession,
  done: texts.deletion.deleted,
  notDone: texts.deletion.notDeleted,
  notUndone: texts.deletion.notRestored,
};

export const ARCHIVING: ListRemoval = {
  remove: (id) => arrangeSession(id, { archived: true }),
  undo: (id) => arrangeSession(id, { archived: false }),
  done: texts.archive.done,
  notDone: texts.archive.notArchived,
  notUndone: texts.archive.notUnarchived,
};
