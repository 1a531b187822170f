import 'server-only';
import { AppError } from '@/lib/errors';
import { readForPage } from '@/lib/http/identity/page-identity';
import type { ListKind } from '@/lib/page/list-address';
import type {
  IndexedSession,
  ListChoices,
  ListedSession,
  ListFilters,
  SessionListPage,
} from '@/lib/page/session-page';
import { pageOf, readCursor } from '@/lib/sessions/cursor';
import { plainId } from '@/lib/sessions/id';
import { listFilters } from '@/lib/sessions/lists/list-query';
import { spelledAs } from '@/lib/sessions/tags/tags';
import type { ListedRow, ListPlace, SessionStore } from '@/lib/sessions/session-store';
import { services, trashKeptSince } from './composition';
import { listed } from './session-page-data';

const LISTED = 100;

/** The address of such a page has its order, its filters and its cursor. */
export interface ListPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A page of a list. Pinned sessions stand first in the list of all, unless there are too many to show them apart. */
export const listPage = async (
  list: ListKind,
  searchParams: ListPageProps['searchParams'],
): Promise<SessionListPage> => {
  const query = await searchParams;
  const filters = list === 'deleted' ? {} : listFilters.parse(query);
  const { cursor } = query;
  const after = typeof cursor === 'string' ? placeOf(cursor, filters.sort) : null;
  return readForPage(async ({ owner }) => {
    const first = list === 'current' ? await readList(owner, { list: 'pinned', ...filters }) : null;
    const pinned = first?.next === null ? first.rows : null;
    const [{ rows, next }, choices] = await Promise.all([
      readList(owner, { list, ...filters, ...(pinned && { pinned: false }), after }),
      list === 'deleted' ? null : choicesFor(owner, list),
    ]);
    const row = indexed(filters.sort);
    return {
      sessions: rows.map(row),
      pinned: after ? [] : (pinned ?? []).map(row),
      next,
      filters: filters.tag
        ? { ...filters, tag: spelledAs(choices?.tags ?? [], filters.tag) }
        : filters,
      choices,
      now: Date.now(),
    };
  });
};

async function choicesFor(owner: string, list: 'current' | 'archived'): Promise<ListChoices> {
  const { filters } = (await services()).store;
  const [tags, models] = await Promise.all([filters.tags(owner), filters.models(owner)]);
  const counted = list === 'current' ? 'listed' : 'archived';
  return { tags: tags.filter((each) => each[counted] > 0).map(({ tag }) => tag), models };
}

/** What the sidebar shows: the newest sessions, and the pinned ones wherever they are. */
export const sidebarSessions = async (): Promise<Sidebar> =>
  readForPage(async ({ owner, kind }) => {
    const isSignedOut = kind === 'visitor' && (await services()).accounts !== null;
    return isSignedOut ? { sessions: [], hasMore: false } : sidebarOf(owner);
  });

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

/** A session in the trash; null if there is none. */
export const deletedSession = async (id: string): Promise<IndexedSession | null> =>
  readForPage(async ({ owner }) => {
    const { rows } = await readList(owner, { list: 'deleted', id: plainId(id) });
    return rows[0] ? indexed()(rows[0]) : null;
  });

type Part = Omit<Parameters<SessionStore['list']>[0], 'owner' | 'limit' | 'after' | 'since'> & {
  readonly after?: ListPlace | null;
};

async function readList(
  owner: string,
  { after = null, ...part }: Part,
): Promise<{ rows: ListedRow[]; next: string | null }> {
  const { store } = await services();
  const since = part.list === 'deleted' ? trashKeptSince() : undefined;
  return pageOf(
    await store.sessions.list({ owner, ...part, since, limit: LISTED + 1, after }),
    LISTED,
  );
}

/** An invalid cursor in the URL shows the first page instead of an error. */
function placeOf(cursor: string, sort: ListFilters['sort']): ListPlace | null {
  try {
    return readCursor(cursor, sort);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failure.kind === 'invalid') return null;
    throw thrown;
  }
}

const indexed =
  (sort?: ListFilters['sort']) =>
  (row: ListedRow): IndexedSession => {
    const { id, title, opening, tags } = row;
    const since = row.deletedAt ?? row.archivedAt ?? row.lastActivity;
    return {
      id,
      title,
      opening,
      since: (sort === 'created' ? row.createdAt : since).toISOString(),
      ...(row.pinnedAt && { pinned: true }),
      ...(tags.length > 0 && { tags }),
    };
  };
