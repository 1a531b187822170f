import { restoreSession } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { useAction } from '@/lib/client/page/use-action';

/** Restores a session from the trash. */
export function useRestore(sessionId: string, onRestored: () => void) {
  const client = useClientState();
  const { run, busy, problem } = useAction(
    () => restoreSession(sessionId),
    () => {
      requestRefresh(client);
      onRestored();
    },
  );
  return { restore: run, busy, problem };
}
