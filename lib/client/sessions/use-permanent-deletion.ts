import { useState } from 'react';
import type { CallResult } from '@/lib/client/net/call';
import { useClientState } from '@/lib/client/page/client-state';
import type { Problem } from '@/lib/client/net/problem';

/** Runs a deletion that has no undo. `busy` stays true until the component is gone. */
export function usePermanentDeletion(
  deletion: () => Promise<CallResult<null>>,
  onDeleted: () => void,
) {
  const { pendingWrites } = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await pendingWrites.during(deletion());
    // Gone already, from another tab.
    if (answer.ok || answer.problem.code === 404) {
      onDeleted();
      return;
    }
    setBusy(false);
    setProblem(answer.problem);
  };
  return { run, busy, problem };
}
