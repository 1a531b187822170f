import { useCallback, useState } from 'react';
import { writeSettings } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { showToast } from '@/lib/client/page/toasts';
import { failureSentence } from '@/lib/texts/failure-sentence';

/** A model that was picked here and is being stored. */
interface Picked {
  readonly sessionId: string;
  readonly model: string;
  /** What was stored before: with anything else, the stored one is newer. */
  readonly over: string | null | undefined;
}

/** The session's own model: null for the default, undefined while unknown. `keep` stores another one. */
export function useSessionModel(sessionId: string | null, stored: string | null | undefined) {
  const client = useClientState();
  const [picked, setPicked] = useState<Picked | null>(null);
  const shows = picked?.sessionId === sessionId && picked.over === stored;
  const keep = useCallback(
    async (id: string, model: string) => {
      setPicked({ sessionId: id, model, over: stored });
      const answer = await client.pendingWrites.during(writeSettings(id, { model }));
      if (answer.ok) {
        requestRefresh(client);
        return;
      }
      setPicked(null);
      showToast(client.toasts, failureSentence(answer.problem));
    },
    [client, stored],
  );
  return [shows ? picked.model : stored, keep] as const;
}
