import 'server-only';
import { AppError } from '@/lib/errors';
import { readForPage } from '@/lib/http/identity/page-identity';
import type { ListedSession, PutAwaySession } from '@/lib/page/session-page';
import { pageOf, readCursor } from '@/lib/sessions/cursor';
import { plainId } from '@/lib/sessions/id';
import type { ListName } from '@/lib/sessions/session';
import type { ListedRow, ListPlace } from '@/lib/sessions/session-store';
import { services, trashKeptSince } from './composition';
import { listed } from './session-page-data';

const LISTED = 100;

interface ListPage<Row> {
  readonly sessions: readonly Row[];
  /** The cursor of the following page, null at the end. */
  readonly next: string | null;
}

/** The address of such a page has its cursor. */
export interface ListPageProps {
  readonly searchParams: Promise<{ cursor?: string | string[] }>;
}

/** A link to the following page; null at the end. */
export const olderPage = (path: string, label: string, next: string | null) =>
  next === null ? null : { label, href: `${path}?cursor=${encodeURIComponent(next)}` };

/** A page of the session list, newest activity first. */
export const sessionList = async (
  asked: ListPageProps['searchParams'],
): Promise<ListPage<ListedSession>> =>
  readForPage(async ({ owner }) => {
    const { rows, next } = await readList(owner, { list: 'current', ...(await asked) });
    return { sessions: rows.map(listed), next };
  });

/** What the sidebar shows: the newest sessions, and the pinned ones wherever they are. */
export const sidebarSessions = async (): Promise<Sidebar> =>
  readForPage(({ owner }) => sidebarOf(owner));

interface Sidebar {
  readonly sessions: readonly ListedSession[];
  readonly hasMore: boolean;
}

export async function sidebarOf(owner: string): Promise<Sidebar> {
  const { noteVisit } = await services();
  noteVisit(owner);
  const [newest, pinned] = await Promise.all([
    readList(owner, { list: 'current' }),
    readList(owner, { list: 'pinned' }),
  ]);
  const shown = new Set(newest.rows.map(({ id }) => id));
  const older = pinned.rows
    .filter(({ id }) => !shown.has(id))
    .toSorted((a, b) => b.lastActivity.getTime() - a.lastActivity.getTime());
  return {
    sessions: [...newest.rows, ...older].map(listed),
    hasMore: newest.next !== null,
  };
}

/** A page of the archive or the trash, last put there first. */
export const putAwaySessions = async (
  list: 'archived' | 'deleted',
  asked: ListPageProps['searchParams'],
): Promise<ListPage<PutAwaySession>> =>
  readForPage(async ({ owner }) => {
    const { rows, next } = await readList(owner, { list, ...(await asked) });
    return { sessions: rows.map(putAway), next };
  });

/** A session in the trash; null if there is none. */
export const deletedSession = async (id: string): Promise<PutAwaySession | null> =>
  readForPage(async ({ owner }) => {
    const { rows } = await readList(owner, { list: 'deleted', id: plainId(id) });
    return rows[0] ? putAway(rows[0]) : null;
  });

async function readList(
  owner: string,
  part: { list: ListName; cursor?: string | string[]; id?: string },
): Promise<{ rows: ListedRow[]; next: string | null }> {
  const { store } = await services();
  const { list, id, cursor } = part;
  const after = typeof cursor === 'string' ? placeOf(cursor) : null;
  const since = list === 'deleted' ? trashKeptSince() : undefined;
  const read = { owner, list, since, id, limit: LISTED + 1, after };
  return pageOf(await store.sessions.list(read), LISTED);
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

const putAway = ({ id, title, opening, tags, archivedAt, ...row }: ListedRow): PutAwaySession => ({
  id,
  title,
  opening,
  since: (row.deletedAt ?? archivedAt ?? row.lastActivity).toISOString(),
  ...(tags.length > 0 && { tags }),
});
