import { and, desc, eq, gt, gte, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import { OPENING_MAX, type ListName } from '@/lib/sessions/session';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db, Tables } from '@/db/engine/client';
import { FOR_GOOD } from './purge';

/** Which sessions are in a list, and the column that orders it; each has an index. */
const listOf = ({ sessions }: Tables, list: ListName) =>
  ({
    current: { time: sessions.lastActivity, members: inList(sessions) },
    pinned: {
      time: sessions.pinnedAt,
      members: and(isNotNull(sessions.pinnedAt), inList(sessions)),
    },
    archived: {
      time: sessions.archivedAt,
      members: and(isNotNull(sessions.archivedAt), isNull(sessions.deletedAt)),
    },
    deleted: { time: sessions.deletedAt, members: gt(sessions.deletedAt, FOR_GOOD) },
  })[list];

const inList = (sessions: Tables['sessions']) =>
  and(isNull(sessions.deletedAt), isNull(sessions.archivedAt));

/** The lists of an owner's sessions. */
export function lists(db: Db): Pick<SessionStore, 'list'> {
  const { tables } = db;
  const { sessions } = tables;
  return {
    list: ({ owner, list = 'current', since, limit, after, id }) =>
      db.read(async (query) => {
        const { time, members } = listOf(tables, list);
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
            time,
          })
          .from(sessions)
          .where(
            and(
              eq(sessions.owner, owner),
              members,
              since && gte(time, since),
              id === undefined ? undefined : eq(sessions.id, id),
              // Keyset pagination: the first condition starts the index scan at the place, the second skips its ties.
              after ? lte(time, after.time) : undefined,
              after ? or(lt(time, after.time), lt(sessions.id, after.id)) : undefined,
            ),
          )
          .orderBy(desc(time), desc(sessions.id))
          .limit(limit);
        return rows.flatMap((row) => (row.time ? [{ ...row, time: row.time }] : []));
      }),
  };
}

/** A session whose first message got no reply has no messages; the user text of its failed turn names it. */
const openingOrWords = ({ sessions, turns }: Tables): SQL<string | null> =>
  sql<string | null>`coalesce(${sessions.opening}, (
    select substr(${turns.failedText}, 1, ${OPENING_MAX}) from ${turns}
    where ${turns.sessionId} = ${sessions.id} and ${turns.state} = 'failed'
      and ${turns.failedText} is not null
    order by ${turns.createdAt} limit 1
  ))`;
