import { and, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { sessionNotFound } from '@/lib/errors';
import type { Session } from '@/lib/sessions/session';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from './client';
import { owned, ownedSession, touchSession } from './session-row';

export function sessionStore(db: Db): SessionStore {
  const { tables } = db;
  const { sessions } = tables;

  const found = ([session]: Session[]): Session => {
    if (!session) throw sessionNotFound();
    return session;
  };

  return {
    create: ({ id, owner, title, now }) =>
      db.transaction(async (query) => {
        const row = { id, owner, title, lastActivity: now, createdAt: now, updatedAt: now };
        return found(await query.insert(sessions).values(row).returning());
      }),

    list: ({ owner, limit, after }) =>
      db.read((query) =>
        query
          .select({
            id: sessions.id,
            title: sessions.title,
            opening: sessions.opening,
            version: sessions.version,
            createdAt: sessions.createdAt,
            lastActivity: sessions.lastActivity,
          })
          .from(sessions)
          .where(
            and(
              eq(sessions.owner, owner),
              isNull(sessions.deletedAt),
              after
                ? or(
                    lt(sessions.lastActivity, after.lastActivity),
                    and(eq(sessions.lastActivity, after.lastActivity), lt(sessions.id, after.id)),
                  )
                : undefined,
            ),
          )
          .orderBy(desc(sessions.lastActivity), desc(sessions.id))
          .limit(limit),
      ),

    get: (owner, id) => db.read((query) => ownedSession(query, tables, owner, id)),

    rename: ({ owner, id, title, version, now }) =>
      db.transaction(async (query) => {
        await touchSession(query, tables, { owner, id, version, now });
        return found(
          await query
            .update(sessions)
            .set({ title })
            .where(owned(tables, owner, id))
            .returning(),
        );
      }),

    remove: (owner, id, now) =>
      db.transaction(async (query) => {
        await touchSession(query, tables, { owner, id, now });
        await query
          .update(sessions)
          .set({ deletedAt: now })
          .where(owned(tables, owner, id));
      }),

    restore: (owner, id) =>
      db.transaction(async (query) =>
        found(
          await query
            .update(sessions)
            .set({ deletedAt: null, version: sql`${sessions.version} + 1` })
            .where(
              and(eq(sessions.id, id), eq(sessions.owner, owner), isNotNull(sessions.deletedAt)),
            )
            .returning(),
        ),
      ),

    purge: (before) =>
      db.transaction(async (query) => {
        await query.delete(sessions).where(lt(sessions.deletedAt, before));
      }),
  };
}
