import { useState } from 'react';
import { deleteEverything } from '@/lib/client/net/api';
import { useClientState } from './client-state';
import { forgetWords } from './forget-words';
import { leaveNotice } from './left-notice';
import type { Problem } from '@/lib/client/net/problem';
import { texts } from '@/lib/texts/texts';

interface DeletingEverything {
  readonly deleteEverything: () => Promise<void>;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** Deletes on the server first; what this browser keeps goes only then, so that a failure loses nothing. */
export function useDeleteEverything(): DeletingEverything {
  const { changing } = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    async deleteEverything() {
      setBusy(true);
      setProblem(null);
      const answer = await changing.during(deleteEverything());
      if (answer.ok) {
        forgetWords();
        leaveNotice(texts.deletion.everything.done);
        startAnew();
        return;
      }
      setBusy(false);
      setProblem(answer.problem);
    },
  };
}

/** As if the program were just opened: nothing that this tab holds in its memory, or went back to, may show again. */
export const startAnew = (): void => {
  window.location.replace('/');
};
