import type { SessionStore } from '@/lib/sessions/session-store';
import type { Bounds } from '@/db/quotas/bounds';
import { changedSessions } from './changed-sessions';
import type { Db } from '@/db/engine/client';
import { addToQuota } from '@/db/quotas/owner-quota';
import { lists } from './lists';
import { checkSeen, oneOrNotFound, owned, ownedSession, lockSession } from './session-row';
import { trash } from './trash';

export function sessionStore(db: Db, bounds: Bounds): SessionStore {
  const { tables } = db;
  const { sessions } = tables;

  return {
    ...lists(db),
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
        await addToQuota(query, tables, bounds, { owner, sessions: 1, now });
        return created;
      }),

    get: (owner, id) => db.read((query) => ownedSession(query, tables, owner, id)),

    rename: ({ owner, id, title, version, seen, now }) =>
      db.transaction(async (query) => {
        const before = await lockSession(query, tables, { owner, id, version, now });
        checkSeen(seen, before.title);
        return oneOrNotFound(
          await query
            .update(sessions)
            .set({ title })
            .where(owned(tables, owner, id))
            .returning(),
        );
      }),
  };
}
