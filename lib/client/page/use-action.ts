import { useState } from 'react';
import type { CallResult } from '@/lib/client/net/call';
import type { Problem } from '@/lib/client/net/problem';
import { useClientState } from './client-state';

/** Runs a request for a button. `busy` stays true after success, until the component is gone. */
export function useAction(request: () => Promise<CallResult<unknown>>, onDone: () => void) {
  const { pendingWrites } = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await pendingWrites.during(request());
    if (answer.ok) {
      onDone();
      return;
    }
    setBusy(false);
    setProblem(answer.problem);
  };
  return { run, busy, problem };
}
