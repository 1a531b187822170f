import { arrangeSession, deleteSession, restoreSession } from '@/lib/client/net/api';
import type { CallResult } from '@/lib/client/net/call';
import type { Texts } from '@/lib/texts/texts';

/** Removes a session from the list, and can be undone. */
export interface ListRemoval {
  remove(id: string): Promise<CallResult<unknown>>;
  undo(id: string): Promise<CallResult<unknown>>;
  readonly done: string;
  readonly notDone: (why: string) => string;
  readonly notUndone: (why: string) => string;
}

export const deletion = ({ deletion: words }: Texts): ListRemoval => ({
  remove: deleteSession,
  undo: restoreSession,
  done: words.deleted,
  notDone: words.notDeleted,
  notUndone: words.notRestored,
});

export const archiving = ({ archive: words }: Texts): ListRemoval => ({
  remove: (id) => arrangeSession(id, { archived: true }),
  undo: (id) => arrangeSession(id, { archived: false }),
  done: words.done,
  notDone: words.notArchived,
  notUndone: words.notUnarchived,
});
