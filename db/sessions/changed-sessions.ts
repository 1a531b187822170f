import { and, gte, inArray } from 'drizzle-orm';
import type { OwnedChange } from '@/lib/sessions/changes';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from '@/db/engine/client';
import { inGroups } from '@/db/engine/padded';

/** Recent changes. Polled every second for all subscribers, so it reads only by index. */
export function changedSessions(db: Db): Pick<SessionStore, 'changedSince'> {
  const { sessions } = db.tables;
  const read = (owners: readonly string[], since: Date): Promise<OwnedChange[]> =>
    db.read(async (query) => {
      const rows = await query
        .select({
          owner: sessions.owner,
          sessionId: sessions.id,
          version: sessions.version,
          deletedAt: sessions.deletedAt,
        })
        .from(sessions)
        .where(and(inArray(sessions.owner, owners), gte(sessions.updatedAt, since)));
      return rows.map(({ deletedAt, ...change }) => ({ ...change, deleted: deletedAt !== null }));
    });
  return {
    async changedSince(owners, since) {
      const changes: OwnedChange[] = [];
      for (const some of inGroups(owners)) changes.push(...(await read(some, since)));
      return changes;
    },
  };
}
