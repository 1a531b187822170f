import { useState } from 'react';
import type { SessionPage } from '@/lib/page/session-page';
import { useClientState } from './client-state';
import { useObservable } from '@/lib/client/browser/observable';

/**
 * The latest version of a session's page: rendered by the server or read since, at `readAt`. `deleted`: it existed and
 * was deleted.
 */
export function useCurrentPage(
  rendered: SessionPage | null,
  sessionId: string | null,
): { page: SessionPage | null; readAt: number | null; deleted: boolean } {
  const { latestPage } = useClientState();
  const read = useObservable(latestPage, null);
  const [since, setSince] = useState({ rendered, read });
  // A page read before this render is older than it.
  if (since.rendered !== rendered) setSince({ rendered, read });
  if (!read || read === since.read || sessionId === null || read.sessionId !== sessionId)
    return { page: rendered, readAt: null, deleted: false };
  const { session } = read.page;
  return { page: session, readAt: read.readAt, deleted: session === null };
}
