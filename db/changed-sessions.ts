import { and, eq, gte } from 'drizzle-orm';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from './client';

/** What changed lately. Asked every second for everybody who looks on, so it reads by index alone. */
export function changedSessions(db: Db): Pick<SessionStore, 'changedSince'> {
  const { sessions } = db.tables;
  return {
    changedSince: (owner, since) =>
      db.read(async (query) => {
        const rows = await query
          .select({
            sessionId: sessions.id,
            version: sessions.version,
            deletedAt: sessions.deletedAt,
          })
          .from(sessions)
          .where(and(eq(sessions.owner, owner), gte(sessions.updatedAt, since)));
        return rows.map(({ deletedAt, ...change }) => ({
          ...change,
          deleted: deletedAt !== null,
        }));
      }),
  };
}
