import 'server-only';
import { cookies } from 'next/headers';
import { AppError } from '@/lib/errors';
import { readForPage } from '@/lib/http/identity/page-identity';
import { THEME_COOKIE, TIME_ZONE_COOKIE } from '@/lib/page/cookies';
import { pageOf, readCursor } from '@/lib/sessions/cursor';
import { plainId } from '@/lib/sessions/id';
import type { ListedRow, ListPlace } from '@/lib/sessions/session-store';
import type { ListedSession, PageModels, ShownPage, TrashedSession } from '@/lib/page/session-page';
import { messageMaxChars, services, trashKeptSince } from './composition';
import { listed, sessionPageOf } from './session-page-data';

const LISTED = 100;

/** What a page shows, for an open page that refreshes. `id`: its session. */
export async function shownPage(owner: string, id: string | null): Promise<ShownPage> {
  const [{ sessions, next }, session] = await Promise.all([
    sessionListOf(owner),
    id === null ? null : sessionPageOf(owner, id),
  ]);
  return { sessions, hasMore: next !== null, session };
}

/** A page of the session list, newest activity first; `next` is the cursor of the following page, null at the end. */
export const sessionList = async (cursor?: string): Promise<SessionListPage> =>
  readForPage(({ owner }) => sessionListOf(owner, cursor));

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

/** An invalid cursor in the URL shows the first page instead of an error. */
function placeOf(cursor: string): ListPlace | null {
  try {
    return readCursor(cursor);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failure.kind === 'invalid') return null;
    throw thrown;
  }
}

/** A page of the trash, last deleted first. */
export const deletedSessions = async (cursor?: string): Promise<DeletedPage> =>
  readForPage(async ({ owner }) => {
    const after = cursor === undefined ? null : placeOf(cursor);
    const { rows, next } = pageOf(await trashOf(owner, { limit: LISTED + 1, after }), LISTED);
    return { sessions: rows.map(trashed), next };
  });

interface DeletedPage {
  readonly sessions: TrashedSession[];
  readonly next: string | null;
}

/** A session in the trash; null if there is none. */
export const deletedSession = async (id: string): Promise<TrashedSession | null> =>
  readForPage(async ({ owner }) => {
    const [row] = await trashOf(owner, { limit: 1, id: plainId(id) });
    return row ? trashed(row) : null;
  });

async function trashOf(
  owner: string,
  part: { limit: number; after?: ListPlace | null; id?: string },
): Promise<ListedRow[]> {
  const { store } = await services();
  return store.sessions.list({ owner, list: 'deleted', since: trashKeptSince(), ...part });
}

const trashed = ({ id, title, opening, time }: ListedRow): TrashedSession => ({
  id,
  title,
  opening,
  deletedAt: time.toISOString(),
});

/** Empty while the upstream is unavailable; the page then still shows the session. */
export async function modelList(): Promise<PageModels> {
  const { catalogue } = await services();
  const { models, demo, guessed } = await catalogue.list();
  return { models: guessed ? [] : models, demo, messageMax: messageMaxChars() };
}

/** Preferences from cookies, with safe defaults when missing or forged. */
export async function rememberedByBrowser(): Promise<{
  theme: 'system' | 'light' | 'dark';
  timeZone: string;
}> {
  const jar = await cookies();
  const theme = jar.get(THEME_COOKIE)?.value;
  const timeZone = jar.get(TIME_ZONE_COOKIE)?.value ?? 'UTC';
  return { theme: theme === 'light' || theme === 'dark' ? theme : 'system', timeZone };
}
