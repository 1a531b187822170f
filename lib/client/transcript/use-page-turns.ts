import { useEffect } from 'react';
import type { SessionPage } from '@/lib/page/session-page';
import { useClientState } from '@/lib/client/page/client-state';

/** Follows the turns that a page says are running, and shows what an earlier visit could not send. */
export function usePageTurns(page: SessionPage | null): void {
  const { turns } = useClientState();
  const pageId = page?.id ?? null;
  // First, so that what has arrived is not restored.
  useEffect(() => {
    if (page) turns.dropArrived(page);
  }, [turns, page]);

  // Once, not with each reading: what another tab is just sending lies in the same place.
  useEffect(() => {
    if (pageId !== null) turns.restoreUnsent(pageId);
  }, [turns, pageId]);

  useEffect(() => {
    if (!page) return;
    for (const requestId of page.running) {
      const reply = page.messages.find(({ turn, role }) => turn === requestId && role !== 'user');
      turns.watch(page.id, requestId, reply?.content);
    }
  }, [turns, page]);
}
