import { useCallback, useEffect, useState } from 'react';
import { createSession } from '@/lib/client/net/api';
import { readAgain, useClientState } from '@/lib/client/page/client-state';
import { isUnanswered, type Problem } from '@/lib/client/net/problem';
import type { NewSend } from '@/lib/client/turns/turn-controller';
import { takeDraftAlong } from './use-draft';
import { useSessionList } from '@/lib/client/sessions/use-session-list';

export type Sending = Omit<NewSend, 'sessionId'>;

/**
 * Sends into a session, which the first message of a new one creates. When there could be none, `problem` says why and
 * the words stay where they are.
 */
export function useSend(sessionId: string | null): {
  send: (sending: Sending) => Promise<void>;
  creating: boolean;
  problem: Problem | null;
} {
  const client = useClientState();
  const { turns, changing } = client;
  const { add, touch } = useSessionList();
  const [creating, setCreating] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  // What is said of a server that is away is no longer true when it is back.
  useEffect(
    () =>
      client.offline.subscribe(() => {
        if (!client.offline.get()) setProblem((said) => (isUnanswered(said) ? null : said));
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
      const answer = await changing.during(createSession(sending.text));
      setCreating(false);
      if (!answer.ok) {
        setProblem(answer.problem);
        return;
      }
      const session = answer.value;
      add(session);
      // Who was a stranger until now is known from here on, and may be told of changes.
      readAgain(client);
      turns.send({ ...sending, sessionId: session.id });
      takeDraftAlong(session.id, sending.text);
      // The address changes under the page: a navigation would draw it anew in the middle of the reply.
      // Whoever has gone elsewhere in the meantime stays there.
      if (window.location.pathname === '/') {
        window.history.pushState(null, '', `/s/${session.id}`);
      }
    },
    [sessionId, client, turns, changing, add, touch],
  );
  return { send, creating, problem };
}
