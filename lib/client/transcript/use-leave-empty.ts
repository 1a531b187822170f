import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { takeDraftBack } from '@/lib/client/composer/use-draft';
import { deleteSession, readSession } from '@/lib/client/net/api';
import { useClientState } from '@/lib/client/page/client-state';
import { sessionAt } from '@/lib/client/page/session-address';
import { useSessionList } from '@/lib/client/sessions/use-session-list';

/**
 * Leaves a session for a new one, with its draft, if nothing is left in it once its last message has been `dismissed`.
 */
export function useLeaveEmpty(
  sessionId: string | null,
): (dismissed: Promise<unknown>) => Promise<void> {
  const { pendingWrites } = useClientState();
  const { drop } = useSessionList();
  const router = useRouter();
  return useCallback(
    async (dismissed) => {
      if (sessionId === null) return;
      // No refresh meanwhile, which would show the session as deleted elsewhere.
      const left = await pendingWrites.during(dismissed.then(() => endEmpty(sessionId)));
      if (!left) return;
      drop(sessionId);
      takeDraftBack(sessionId);
      if (sessionAt(window.location.pathname) === sessionId) router.replace('/');
    },
    [sessionId, pendingWrites, drop, router],
  );
}

/** The server deletes a session with its last failed turn, but knows no turn of a message that it refused. */
async function endEmpty(sessionId: string): Promise<boolean> {
  const answer = await readSession(sessionId);
  if (!answer.ok) return answer.problem.code === 404;
  const { title, messages } = answer.value;
  if (title !== null || messages.length > 0) return false;
  return (await deleteSession(sessionId)).ok;
}
