import { useCallback, useEffect, useState } from 'react';
import { createSession } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { isUnanswered, type Problem } from '@/lib/client/net/problem';
import type { NewSend } from '@/lib/client/turns/turn-controller';
import { useSetting } from '@/lib/client/browser/use-setting';
import { moveDraft } from './use-draft';
import { useSessionList } from '@/lib/client/sessions/use-session-list';

export type Sending = Omit<NewSend, 'sessionId'>;

/**
 * Sends a message; the first one creates the session. When that fails, `problem` gives the reason and the draft is
 * kept.
 */
export function useSend(sessionId: string | null): {
  send: (sending: Sending) => Promise<void>;
  creating: boolean;
  problem: Problem | null;
} {
  const client = useClientState();
  const { turns, pendingWrites } = client;
  const { add, touch } = useSessionList();
  const [chosen] = useSetting('model');
  const [creating, setCreating] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  // When the server is reachable again, clear the problem.
  useEffect(
    () =>
      client.offline.subscribe(() => {
        if (!client.offline.get()) setProblem((shown) => (isUnanswered(shown) ? null : shown));
      }),
    [client],
  );

  const send = useCallback(
    async (sending: Sending) => {
      setProblem(null);
      if (sessionId !== null) {
        touch(sessionId, sending.text);
        turns.send({ ...sending, sessionId });
        return;
      }
      setCreating(true);
      const answer = await pendingWrites.during(
        createSession(sending.text, chosen === sending.model ? chosen : null),
      );
      setCreating(false);
      if (!answer.ok) {
        setProblem(answer.problem);
        return;
      }
      const session = answer.value;
      add(session);
      // The session cookie may be new, so the change feed may be available only now.
      requestRefresh(client);
      turns.send({ ...sending, sessionId: session.id });
      moveDraft(session.id, sending.text);
      // Change the URL without a navigation, which would render the page again in the middle of the reply. If the user
      // has left the page meanwhile, keep their URL.
      if (window.location.pathname === '/') {
        window.history.pushState(null, '', `/s/${session.id}`);
      }
    },
    [sessionId, client, turns, pendingWrites, add, touch, chosen],
  );
  return { send, creating, problem };
}
