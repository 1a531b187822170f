import { useState } from 'react';
import { deleteEverything } from '@/lib/client/net/api';
import { useClientState } from './client-state';
import { clearBrowserData } from './clear-browser-data';
import { storeNotice } from './stored-notice';
import type { Problem } from '@/lib/client/net/problem';
import { useTexts } from '@/lib/texts/use-texts';

interface DeletingEverything {
  readonly deleteEverything: () => Promise<void>;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** Deletes on the server first and in this browser only after success, so that a failure loses nothing. */
export function useDeleteEverything(): DeletingEverything {
  const texts = useTexts();
  const { pendingWrites } = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    async deleteEverything() {
      setBusy(true);
      setProblem(null);
      const answer = await pendingWrites.during(deleteEverything());
      if (answer.ok) {
        await clearBrowserData();
        storeNotice(texts.deletion.everythingDone);
        reloadAtHome();
        return;
      }
      setBusy(false);
      setProblem(answer.problem);
    },
  };
}

/** A full page load, so that nothing from memory or history shows again. */
export const reloadAtHome = (): void => {
  window.location.replace('/');
};
