import { useState } from 'react';
import { restoreSession } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import type { Problem } from '@/lib/client/net/problem';

/** Restores a session from the trash. `busy` stays true until the component is gone. */
export function useRestore(sessionId: string, onRestored: () => void) {
  const client = useClientState();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const restore = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await client.pendingWrites.during(restoreSession(sessionId));
    if (answer.ok) {
      requestRefresh(client);
      onRestored();
      return;
    }
    setBusy(false);
    setProblem(answer.problem);
  };
  return { restore, busy, problem };
}
