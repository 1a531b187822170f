import 'server-only';
import { readForPage } from '@/lib/http/identity/page-identity';
import type { PrintedSession } from '@/lib/page/session-page';
import { sourcesOf } from '@/lib/reply/source';
import { plainId } from '@/lib/sessions/id';
import type { Message } from '@/lib/sessions/message';
import { shownTitle } from '@/lib/sessions/title';
import { services } from './composition';
import { sessionPage } from './session-page-data';
import { pageTexts } from '@/lib/http/identity/asked-language';

/** The server draws no more, and a browser lays out no more, in reasonable time; an export has all. */
const MESSAGES_MAX = 2000;
const CHARS_MAX = 500_000;

/** The shown branch of a session; null if there is none. */
export async function printedSession(id: string): Promise<PrintedSession | null> {
  const session = await sessionPage(id);
  if (!session) return null;
  return readForPage(async ({ owner }) => {
    const [{ store }, { texts }] = await Promise.all([services(), pageTexts()]);
    const limit = MESSAGES_MAX + 1;
    const pages = store.messages.pages({ owner, sessionId: plainId(id), limit });
    const { messages, isCut } = await newestOf(pages);
    return {
      id: session.id,
      title: shownTitle(session, texts.sessions.untitled),
      isCut,
      messages: messages.map(({ id: messageId, role, content, parts }) => ({
        id: messageId,
        role,
        content,
        sources: sourcesOf(parts ?? []),
      })),
    };
  });
}

/** The newest messages that are printed; the last one in any case. */
async function newestOf(
  pages: AsyncIterable<Message[]>,
): Promise<{ messages: Message[]; isCut: boolean }> {
  let messages: Message[] = [];
  let isCut = false;
  for await (const page of pages) {
    messages.push(...page.filter(({ state }) => state !== 'running'));
    let room = CHARS_MAX;
    const from = messages.findLastIndex(({ content }) => (room -= content.length) < 0);
    const first = Math.max(
      0,
      Math.min(from + 1, messages.length - 1),
      messages.length - MESSAGES_MAX,
    );
    isCut ||= first > 0;
    messages = messages.slice(first);
  }
  return { messages, isCut };
}
