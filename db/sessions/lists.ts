import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  gte,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import { OPENING_MAX, type ListName, type SessionSummary, type Sort } from '@/lib/sessions/session';
import type { ListPlace, SessionStore } from '@/lib/sessions/session-store';
import { writtenTag } from '@/lib/sessions/tags/tags';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { spellingsOf } from '@/db/filters/filters';
import { DELETED_PERMANENTLY } from './purge';

/** Which sessions are in a list. */
const members = ({ sessions }: Tables, list: ListName) =>
  ({
    current: inList(sessions),
    pinned: and(isNotNull(sessions.pinnedAt), inList(sessions)),
    archived: and(isNotNull(sessions.archivedAt), isNull(sessions.deletedAt)),
    deleted: gt(sessions.deletedAt, DELETED_PERMANENTLY),
  })[list];

const inList = (sessions: Tables['sessions']) =>
  and(isNull(sessions.deletedAt), isNull(sessions.archivedAt));

/** The default order of each list; each has an index. */
const OWN_ORDER = {
  current: 'lastActivity',
  pinned: 'pinnedAt',
  archived: 'archivedAt',
  deleted: 'deletedAt',
} as const;
const TIMES = { updated: 'lastActivity', created: 'createdAt' } as const;

/** To the letter the expression of the index. */
const titleKey = ({ sessions }: Tables) =>
  sql<string>`lower(case when ${sessions.title} is not null then ${sessions.title} when ${sessions.opening} is not null then ${sessions.opening} else '' end)`;

type ListQuery = Parameters<SessionStore['list']>[0];

interface Order {
  readonly by: SQL[];
  /** Keyset pagination: the first condition starts the index scan at the place, the second skips its ties. */
  after(place: ListPlace): (SQL | undefined)[];
  /** What holds the key of a row; null: the title. */
  readonly property: (typeof OWN_ORDER)[ListName] | 'createdAt' | null;
}

/** Newest first; by title from A on. */
function orderOf(tables: Tables, list: ListName, sort?: Sort): Order {
  const { sessions } = tables;
  if (sort === 'title') {
    const key = titleKey(tables);
    return {
      by: [asc(key), asc(sessions.id)],
      after: (place) => [gte(key, place.key), or(gt(key, place.key), gt(sessions.id, place.id))],
      property: null,
    };
  }
  const property = sort ? TIMES[sort] : OWN_ORDER[list];
  const key = sessions[property];
  return {
    by: [desc(key), desc(sessions.id)],
    after(place) {
      const time = new Date(place.key);
      return [lte(key, time), or(lt(key, time), lt(sessions.id, place.id))];
    },
    property,
  };
}

/** The lists of an owner's sessions. */
export function lists(db: Db): Pick<SessionStore, 'list'> {
  const { tables } = db;
  const { sessions } = tables;
  return {
    list: ({ list = 'current', sort, limit, after, tag, ...part }) =>
      db.read(async (query) => {
        const { owner } = part;
        const spellings = tag === undefined ? [] : await spellingsOf(query, tables, { owner, tag });
        if (tag !== undefined && spellings.length === 0) return [];
        const order = orderOf(tables, list, sort);
        const rows = await query
          .select({
            id: sessions.id,
            title: sessions.title,
            opening: openingOrWords(tables),
            createdAt: sessions.createdAt,
            lastActivity: sessions.lastActivity,
            pinnedAt: sessions.pinnedAt,
            archivedAt: sessions.archivedAt,
            deletedAt: sessions.deletedAt,
            tags: sessions.tags,
            titleKey: order.property === null ? titleKey(tables) : sql<string>`''`,
          })
          .from(sessions)
          .where(
            and(
              members(tables, list),
              ...narrowed(query, tables, part),
              spellings.length > 0 ? hasOneOf(sessions, spellings) : undefined,
              ...(after ? order.after(after) : []),
            ),
          )
          .orderBy(...order.by)
          .limit(limit);
        return rows.flatMap(({ titleKey: name, ...row }) => withKey(row, order, name));
      }),
  };
}

function withKey(
  row: SessionSummary,
  { property }: Order,
  name: string,
): (SessionSummary & ListPlace)[] {
  const key = property === null ? name : row[property];
  return key === null ? [] : [{ ...row, key }];
}

/** The conditions beside the list's own. */
function narrowed(
  query: Queries,
  { sessions, messages }: Tables,
  {
    owner,
    id,
    since,
    pinned,
    model,
  }: Pick<ListQuery, 'owner' | 'id' | 'since' | 'pinned' | 'model'>,
): (SQL | undefined)[] {
  const head = query
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.id, sessions.head), eq(messages.model, model ?? '')));
  return [
    eq(sessions.owner, owner),
    since && gte(sessions.deletedAt, since),
    id === undefined ? undefined : eq(sessions.id, id),
    pinned === false ? isNull(sessions.pinnedAt) : undefined,
    model === undefined ? undefined : exists(head),
  ];
}

/** By `replace`, since `like` means another thing in each dialect. The first condition lets the index answer. */
const hasOneOf = ({ tags }: Tables['sessions'], spellings: readonly string[]) =>
  and(
    sql`${tags} <> ''`,
    or(...spellings.map((tag) => sql`replace(${tags}, ${writtenTag(tag)}, '') <> ${tags}`)),
  );

/** A session whose first message got no reply has no messages; the user text of its failed turn names it. */
const openingOrWords = ({ sessions, turns }: Tables): SQL<string | null> =>
  sql<string | null>`coalesce(${sessions.opening}, (
    select substr(${turns.failedText}, 1, ${OPENING_MAX}) from ${turns}
    where ${turns.sessionId} = ${sessions.id} and ${turns.state} = 'failed'
      and ${turns.failedText} is not null
    order by ${turns.createdAt} limit 1
  ))`;
