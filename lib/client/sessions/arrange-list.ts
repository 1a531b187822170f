import { arrangeSession } from '@/lib/client/net/api';
import type { PendingWrites } from '@/lib/client/page/pending-writes';
import type { ListedSession } from '@/lib/page/session-page';
import { failureSentence } from '@/lib/texts/failure-sentence';

import { insert, without, type Sessions } from './session-list';
import type { Texts } from '@/lib/texts/texts';

interface Deps {
  readonly texts: Texts;
  readonly change: (by: (sessions: Sessions) => Sessions) => void;
  readonly show: (text: string) => void;
  readonly pendingWrites: Pick<PendingWrites, 'during'>;
}

export interface Arranging {
  pin(session: ListedSession, pinned: boolean): Promise<void>;
  /** Brings an archived session back into the list. */
  unarchive(session: ListedSession): Promise<void>;
}

/** Optimistic, and rolled back on failure. A session without a row gets one as long as it is pinned or brought back. */
export function arranging({ texts, change, show, pendingWrites }: Deps): Arranging {
  const arrange = async (
    session: ListedSession,
    edit: { pinned: boolean } | { archived: false },
    { next, failed }: { next: ListedSession; failed: (why: string) => string },
  ) => {
    let before: ListedSession | undefined;
    change((sessions) => {
      before = sessions.find(({ id }) => id === session.id);
      return insert(sessions, next);
    });
    const answer = await pendingWrites.during(arrangeSession(session.id, edit));
    if (answer.ok) return;
    change((sessions) => (before ? insert(sessions, before) : without(sessions, session.id)));
    show(failed(failureSentence(texts, answer.problem)));
  };

  return {
    pin: (session, pinned) =>
      arrange(
        session,
        { pinned },
        {
          next: { ...session, pinnedAt: pinned ? new Date().toISOString() : null },
          failed: pinned ? texts.sessions.notPinned : texts.sessions.notUnpinned,
        },
      ),
    unarchive: (session) =>
      arrange(
        session,
        { archived: false },
        {
          next: { ...session, archivedAt: null },
          failed: texts.archive.notUnarchived,
        },
      ),
  };
}
