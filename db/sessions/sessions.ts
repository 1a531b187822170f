import { and, desc, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { OPENING_MAX } from '@/lib/sessions/session';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Bounds } from '@/db/quotas/bounds';
import { changedSessions } from './changed-sessions';
import type { Db, Tables } from '@/db/engine/client';
import { indexSession } from '@/db/search/write-index';
import { addToQuota } from '@/db/quotas/owner-quota';
import { checkSeen, oneOrNotFound, owned, ownedSession, lockSession } from './session-row';
import { trash } from './trash';

export function sessionStore(db: Db, bounds: Bounds): SessionStore {
  const { tables } = db;
  const { sessions } = tables;

  return {
    ...trash(db),
    ...changedSessions(db),
    create: ({ id, owner, title, now }) =>
      db.transaction(async (query) => {
        const row = { id, owner, title, lastActivity: now, createdAt: now, updatedAt: now };
        const [created] = await query
          .insert(sessions)
          .values(row)
          .onConflictDoNothing()
          .returning();
        if (!created) return ownedSession(query, tables, owner, id);
        if (title !== null) await indexSession(query, tables, id);
        await addToQuota(query, tables, bounds, { owner, sessions: 1, now });
        return created;
      }),

    list: ({ owner, limit, after }) =>
      db.read((query) =>
        query
          .select({
            id: sessions.id,
            title: sessions.title,
            opening: openingOrWords(tables),
            createdAt: sessions.createdAt,
            lastActivity: sessions.lastActivity,
          })
          .from(sessions)
          .where(
            and(
              eq(sessions.owner, owner),
              isNull(sessions.deletedAt),
              // Keyset pagination: the first condition starts the index scan at the cursor, the second skips its ties.
              after ? lte(sessions.lastActivity, after.lastActivity) : undefined,
              after
                ? or(lt(sessions.lastActivity, after.lastActivity), lt(sessions.id, after.id))
                : undefined,
            ),
          )
          .orderBy(desc(sessions.lastActivity), desc(sessions.id))
          .limit(limit),
      ),

    get: (owner, id) => db.read((query) => ownedSession(query, tables, owner, id)),

    rename: ({ owner, id, title, version, seen, now }) =>
      db.transaction(async (query) => {
        const before = await lockSession(query, tables, { owner, id, version, now });
        checkSeen(seen, before.title);
        const renamed = await query
          .update(sessions)
          .set({ title })
          .where(owned(tables, owner, id))
          .returning();
        await indexSession(query, tables, id);
        return oneOrNotFound(renamed);
      }),
  };
}

/** A session whose first message got no reply has no messages; the user text of its failed turn names it. */
const openingOrWords = ({ sessions, turns }: Tables) =>
  sql<string | null>`coalesce(${sessions.opening}, (
    select substr(${turns.failedText}, 1, ${OPENING_MAX}) from ${turns}
    where ${turns.sessionId} = ${sessions.id} and ${turns.state} = 'failed'
      and ${turns.failedText} is not null
    order by ${turns.createdAt} limit 1
  ))`;
