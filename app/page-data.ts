import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { AppError, messageOf, statusOf } from '@/lib/errors';
import { readForPage } from '@/lib/http/page-identity';
import { pageOf, readCursor } from '@/lib/sessions/cursor';
import { plainId } from '@/lib/sessions/id';
import type { Message } from '@/lib/sessions/message';
import type { SessionSummary } from '@/lib/sessions/session';
import { newestWithin } from '@/lib/sessions/newest-within';
import type { SessionCursor } from '@/lib/sessions/session-store';
import type {
  ListedSession,
  MessagePage,
  PageMessage,
  PageModels,
  SessionPage,
  ShownPage,
} from '@/lib/sessions/session-page';
import { services } from './composition';

/** What one page brings of a session at most; long messages make it fewer. */
const MESSAGES = { count: 50, characters: 200_000 };
const FAILED = { count: 20, characters: 100_000 };
const LISTED = 100;

/** What pages show, as plain values that can cross to the browser. */
export const sessionPage = cache(async (id: string): Promise<SessionPage | null> =>
  readForPage((owner) => sessionPageOf(owner, plainId(id))),
);

async function sessionPageOf(owner: string, id: string): Promise<SessionPage | null> {
  const { store } = await services();
  const session = await unlessUnknown(store.sessions.get(owner, id));
  if (!session) return null;
  const sessionId = session.id;
  // Before the messages and after them: a turn that ends or begins in between is seen as running, and not as neither.
  const before = await store.turns.runningIn(owner, sessionId);
  const [messages, failed] = await Promise.all([
    messagePage(owner, sessionId),
    store.turns.failedIn(owner, sessionId),
  ]);
  const after = await store.turns.runningIn(owner, sessionId);
  return {
    ...listed(session),
    version: session.version,
    ...messages,
    running: [...new Set([...before, ...after])],
    failed: newestWithin(failed, ({ text }) => text.length, FAILED).map(
      ({ requestId, text, failure }) => ({
        requestId,
        text,
        code: statusOf(failure),
        message: messageOf(failure),
      }),
    ),
  };
}

/** The newest messages, or those before one of them. */
export async function messagePage(
  owner: string,
  sessionId: string,
  before?: string,
): Promise<MessagePage> {
  const { store } = await services();
  const limit = MESSAGES.count + 1;
  const read = await store.messages.branch({ owner, sessionId, limit, before });
  const messages = newestWithin(read, ({ content }) => content.length, MESSAGES);
  return { messages: messages.map(pageMessage), hasEarlier: messages.length < read.length };
}

/** The same for a page that is open already and asks what changed. */
export async function shownPage(owner: string, id: string | null): Promise<ShownPage> {
  const [{ sessions, next }, session] = await Promise.all([
    sessionListOf(owner),
    id === null ? null : sessionPageOf(owner, id),
  ]);
  return { sessions, hasMore: next !== null, session };
}

const pageMessage = ({ id, role, content, state, turn }: Message): PageMessage => ({
  id,
  role,
  content,
  state: state === 'running' ? 'interrupted' : state,
  turn,
});

/** A page of the list, newest activity first; `next` is where the following one begins. */
export const sessionList = async (cursor?: string): Promise<SessionListPage> =>
  readForPage((owner) => sessionListOf(owner, cursor));

interface SessionListPage {
  readonly sessions: ListedSession[];
  readonly next: string | null;
}

async function sessionListOf(owner: string, cursor?: string): Promise<SessionListPage> {
  const { store, noteVisit } = await services();
  noteVisit(owner);
  const after = cursor === undefined ? null : placeOf(cursor);
  const read = await store.sessions.list({ owner, limit: LISTED + 1, after });
  const { rows, next } = pageOf(read, LISTED);
  return { sessions: rows.map(listed), next };
}

/** What somebody typed into the address is no fault of ours: it leads to the first page. */
function placeOf(cursor: string): SessionCursor | null {
  try {
    return readCursor(cursor);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failure.kind === 'invalid') return null;
    throw thrown;
  }
}

const listed = ({ id, title, opening, lastActivity }: SessionSummary): ListedSession => ({
  id,
  title,
  opening,
  lastActivity: lastActivity.toISOString(),
});

/** While the upstream is away there is nothing to choose from, and the page still shows what was said. */
export async function modelList(): Promise<PageModels> {
  const { catalogue } = await services();
  const { models, demo, guessed } = await catalogue.list();
  return { models: guessed ? [] : models, demo };
}

/** What the browser remembers for the server, each a harmless default when missing or forged. */
export async function rememberedByBrowser(): Promise<{
  theme: 'system' | 'light' | 'dark';
  timeZone: string;
}> {
  const jar = await cookies();
  const theme = jar.get('ask_theme')?.value;
  const timeZone = jar.get('ask_tz')?.value ?? 'UTC';
  return { theme: theme === 'light' || theme === 'dark' ? theme : 'system', timeZone };
}

async function unlessUnknown<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failure.kind === 'not-found') return null;
    throw thrown;
  }
}
