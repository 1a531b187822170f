import { and, gte, inArray } from 'drizzle-orm';
import type { OwnedChange } from '@/lib/sessions/changes';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db } from '@/db/engine/client';

/** Per query. */
const OWNERS_MAX = 256;

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
        .where(and(inArray(sessions.owner, padded(owners)), gte(sessions.updatedAt, since)));
      return rows.map(({ deletedAt, ...change }) => ({ ...change, deleted: deletedAt !== null }));
    });
  return {
    async changedSince(owners, since) {
      const changes: OwnedChange[] = [];
      for (let from = 0; from < owners.length; from += OWNERS_MAX)
        changes.push(...(await read(owners.slice(from, from + OWNERS_MAX), since)));
      return changes;
    },
  };
}

/** Pads to a power of two, to keep the number of prepared statements low. */
function padded(owners: readonly string[]): string[] {
  const length = 2 ** Math.ceil(Math.log2(owners.length));
  return Array.from({ length }, (_, n) => owners[n] ?? owners[0] ?? '');
}
