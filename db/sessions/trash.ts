import { and, desc, eq, gt, gte, isNull, lt, or } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from '@/db/engine/client';
import { FOR_GOOD, purgeSessions } from './purge';
import { versionBump, owned, lockSession } from './session-row';

/** Deleted sessions, which can be restored until they are purged. */
export function trash(db: Db): Pick<SessionStore, 'remove' | 'deleted' | 'restore' | 'purge'> {
  const { tables } = db;
  const { sessions } = tables;
  return {
    remove: (owner, id, now) =>
      db.transaction(async (query) => {
        await lockSession(query, tables, { owner, id, now });
        await query
          .update(sessions)
          .set({ deletedAt: now })
          .where(owned(tables, owner, id));
      }),

    // A deletion raises the change time, so the index on changes finds it, and nothing in the trash changes.
    deleted: ({ owner, since, limit, id }) =>
      db.read(async (query) => {
        const rows = await query
          .select({
            id: sessions.id,
            title: sessions.title,
            opening: sessions.opening,
            deletedAt: sessions.deletedAt,
          })
          .from(sessions)
          .where(
            and(
              eq(sessions.owner, owner),
              gte(sessions.updatedAt, since),
              gt(sessions.deletedAt, FOR_GOOD),
              id === undefined ? undefined : eq(sessions.id, id),
            ),
          )
          .orderBy(desc(sessions.updatedAt))
          .limit(limit);
        return rows.flatMap(({ deletedAt, ...row }) => (deletedAt ? [{ ...row, deletedAt }] : []));
      }),

    restore: (owner, id, now) =>
      db.transaction(async (query) => {
        const [session] = await query
          .update(sessions)
          .set({ deletedAt: null, ...versionBump(tables, now) })
          .where(
            and(
              eq(sessions.id, id),
              eq(sessions.owner, owner),
              or(isNull(sessions.deletedAt), gt(sessions.deletedAt, FOR_GOOD)),
            ),
          )
          .returning();
        if (!session) throw new AppError({ kind: 'not-found', reason: 'trash' });
        return session;
      }),

    purge: (before) => purgeSessions(db, lt(sessions.deletedAt, before)),
  };
}
