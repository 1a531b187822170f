import { useEffect } from 'react';
import { entriesOf } from '@/lib/reply/parts';
import type { SessionPage } from '@/lib/page/session-page';
import { useClientState } from '@/lib/client/page/client-state';

/** Follows the turns that a page reports as running, and restores messages that an earlier visit could not send. */
export function usePageTurns(page: SessionPage | null): void {
  const { turns } = useClientState();
  const pageId = page?.id ?? null;
  // Drop first, so that messages that arrived are not restored.
  useEffect(() => {
    if (page) turns.dropArrived(page);
  }, [turns, page]);

  // Once per session, not per refresh: another tab's pending messages are in the same storage.
  useEffect(() => {
    if (pageId !== null) turns.restoreUnsent(pageId);
  }, [turns, pageId]);

  useEffect(() => {
    if (!page) return;
    for (const requestId of page.running) {
      const reply = page.messages.find(({ turn, role }) => turn === requestId && role !== 'user');
      turns.watch(page.id, requestId, reply && entriesOf(reply));
    }
  }, [turns, page]);
}
