import { useEffect } from 'react';
import { isUnanswered } from '@/lib/client/net/problem';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { showToast } from '@/lib/client/page/toasts';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { useTexts } from '@/lib/texts/use-texts';

/** Another reply that failed leaves nothing in the session, so a notice says why, and offers to try again. */
export function useFailedReplies(turns: readonly LocalTurn[]): void {
  const texts = useTexts();
  const client = useClientState();
  useEffect(() => {
    for (const turn of turns) {
      const { id, sessionId, place, problem, model } = turn;
      if (!place?.regenerates || place.after === null || !problem || !hasFailed(turn)) continue;
      const { regenerates, after: question } = place;
      const again = () => {
        client.turns.regenerate({ sessionId, regenerates, question, model, stream: true });
      };
      const text = texts.branches.notRegenerated(failureSentence(texts, problem));
      showToast(client.toasts, text, { label: texts.transcript.retry, run: again });
      // It may have arrived: its key keeps the next one from being paid twice only if this one is stopped.
      if (!turn.confirmed && isUnanswered(problem)) void client.turns.dismiss(id);
      else client.turns.registry.remove(id);
      requestRefresh(client);
    }
  }, [turns, client, texts]);
}

const hasFailed = ({ phase, confirmed, end }: LocalTurn): boolean =>
  phase === 'ended' && (!confirmed || end?.state === 'failed');
