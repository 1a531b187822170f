import { useState } from 'react';
import { emptyDeleted } from '@/lib/client/net/api';
import { useClientState } from '@/lib/client/page/client-state';
import type { Problem } from '@/lib/client/net/problem';

/** Deletes all sessions in the trash permanently. `busy` stays true until the component is gone. */
export function useEmptyDeleted(onEmptied: () => void) {
  const { pendingWrites } = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const empty = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await pendingWrites.during(emptyDeleted());
    if (answer.ok) {
      onEmptied();
      return;
    }
    setBusy(false);
    setProblem(answer.problem);
  };
  return { empty, busy, problem };
}
