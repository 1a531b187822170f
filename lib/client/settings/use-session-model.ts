import { useCallback, useEffect } from 'react';
import { observable, useObservable } from '@/lib/client/browser/observable';
import { writeSettings } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { showToast } from '@/lib/client/page/toasts';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { useTexts } from '@/lib/texts/use-texts';

/** The model that was picked in this tab and is being stored. */
const picked = observable<{ readonly sessionId: string; readonly model: string } | null>(null);

/** Stores a session's model. It is shown at once. */
export function useKeepModel(): (sessionId: string, model: string) => Promise<void> {
  const texts = useTexts();
  const client = useClientState();
  return useCallback(
    async (sessionId, model) => {
      picked.set({ sessionId, model });
      const answer = await client.pendingWrites.during(writeSettings(sessionId, { model }));
      if (answer.ok) {
        requestRefresh(client);
        return;
      }
      picked.set(null);
      showToast(client.toasts, failureSentence(texts, answer.problem));
    },
    [client, texts],
  );
}

/** The session's own model: null for the default, undefined while unknown. */
export function useSessionModel(
  sessionId: string | null,
  stored: string | null | undefined,
): string | null | undefined {
  const pick = useObservable(picked, null);
  const isShown = pick !== null && pick.sessionId === sessionId;
  const hasArrived = isShown && pick.model === stored;
  useEffect(() => {
    if (hasArrived) picked.set(null);
  }, [hasArrived]);
  return isShown ? pick.model : stored;
}
