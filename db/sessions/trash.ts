import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from '@/db/engine/client';
import { DELETED_PERMANENTLY, purgeSessions } from './purge';
import { versionBump, owned, lockSession } from './session-row';

/** Soft delete: a deleted session can be restored until it is purged. */
export function trash(
  db: Db,
): Pick<SessionStore, 'remove' | 'restore' | 'removeForGood' | 'purge'> {
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

    restore: (owner, id, now) =>
      db.transaction(async (query) => {
        const [session] = await query
          .update(sessions)
          .set({ deletedAt: null, ...versionBump(tables, now) })
          .where(
            and(
              eq(sessions.id, id),
              eq(sessions.owner, owner),
              or(isNull(sessions.deletedAt), gt(sessions.deletedAt, DELETED_PERMANENTLY)),
            ),
          )
          .returning();
        if (!session) throw notInTrash();
        return session;
      }),

    removeForGood: (owner, id, now) =>
      db.transaction(async (query) => {
        const removed = await query
          .update(sessions)
          .set({ deletedAt: DELETED_PERMANENTLY, ...versionBump(tables, now) })
          .where(
            and(
              eq(sessions.id, id),
              eq(sessions.owner, owner),
              gt(sessions.deletedAt, DELETED_PERMANENTLY),
            ),
          )
          .returning({ id: sessions.id });
        if (removed.length === 0) throw notInTrash();
      }),

    purge: (before) => purgeSessions(db, lt(sessions.deletedAt, before)),
  };
}

const notInTrash = (): AppError => new AppError({ kind: 'not-found', reason: 'trash' });
