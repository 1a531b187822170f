import 'server-only';
import { readForPage } from '@/lib/http/identity/page-identity';
import type { PrintedSession } from '@/lib/page/session-page';
import { sourcesOf } from '@/lib/reply/source';
import { plainId } from '@/lib/sessions/id';
import { shownTitle } from '@/lib/sessions/title';
import { services } from './composition';
import { sessionPage } from './session-page-data';

/** A browser lays out no more in reasonable time; an export has all. */
const MESSAGES_MAX = 2000;

/** The shown branch of a session; null if there is none. */
export async function printedSession(id: string): Promise<PrintedSession | null> {
  const session = await sessionPage(id);
  if (!session) return null;
  return readForPage(async ({ owner }) => {
    const { store } = await services();
    const limit = MESSAGES_MAX + 1;
    const read = await store.messages.branch({ owner, sessionId: plainId(id), limit });
    const messages = read.slice(-MESSAGES_MAX).filter(({ state }) => state !== 'running');
    return {
      id: session.id,
      title: shownTitle(session),
      isCut: read.length > MESSAGES_MAX,
      messages: messages.map(({ id: messageId, role, content, parts }) => ({
        id: messageId,
        role,
        content,
        sources: sourcesOf(parts ?? []),
      })),
    };
  });
}
