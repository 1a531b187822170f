import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from './client';
import { FOR_GOOD, purgeSessions } from './purge';
import { changed, found, owned, touchSession } from './session-row';

/** Deleted sessions, which can be brought back until they are purged. */
export function trash(db: Db): Pick<SessionStore, 'remove' | 'restore' | 'purge'> {
  const { tables } = db;
  const { sessions } = tables;
  return {
    remove: (owner, id, now) =>
      db.transaction(async (query) => {
        await touchSession(query, tables, { owner, id, now });
        await query
          .update(sessions)
          .set({ deletedAt: now })
          .where(owned(tables, owner, id));
      }),

    restore: (owner, id, now) =>
      db.transaction(async (query) =>
        found(
          await query
            .update(sessions)
            .set({ deletedAt: null, ...changed(tables, now) })
            .where(
              and(
                eq(sessions.id, id),
                eq(sessions.owner, owner),
                or(isNull(sessions.deletedAt), gt(sessions.deletedAt, FOR_GOOD)),
              ),
            )
            .returning(),
        ),
      ),

    purge: (before) => purgeSessions(db, lt(sessions.deletedAt, before)),
  };
}
