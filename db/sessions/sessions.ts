import type { Session } from '@/lib/sessions/session';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Bounds } from '@/db/quotas/bounds';
import { changedSessions } from './changed-sessions';
import type { Db } from '@/db/engine/client';
import { indexSession } from '@/db/search/write-index';
import { addToQuota } from '@/db/quotas/owner-quota';
import { lists } from './lists';
import { checkExpected, oneOrNotFound, owned, ownedSession, lockSession } from './session-row';
import { titles } from './titles';
import { trash } from './trash';

export function sessionStore(db: Db, bounds: Bounds): SessionStore {
  const { tables } = db;
  const { sessions } = tables;

  return {
    ...lists(db),
    ...titles(db),
    ...trash(db),
    ...changedSessions(db),
    create: ({ id, owner, title, settings, memoryEnabled = true, now }) =>
      db.transaction(async (query) => {
        const times = { lastActivity: now, createdAt: now, updatedAt: now };
        const row = { id, owner, title, memoryEnabled, ...settings, ...times };
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

    get: (owner, id) => db.read((query) => ownedSession(query, tables, owner, id)),

    change: ({ owner, id, version, expected, now, ...edit }) =>
      db.transaction(async (query) => {
        const before = await lockSession(query, tables, { owner, id, version, now });
        checkExpected(expected, before.title);
        const edited = await query
          .update(sessions)
          .set(changed(before, edit, now))
          .where(owned(tables, owner, id))
          .returning();
        if (edit.title !== undefined) await indexSession(query, tables, id);
        return oneOrNotFound(edited);
      }),
  };
}

type Edit = Pick<
  Parameters<SessionStore['change']>[0],
  'title' | 'pinned' | 'archived' | 'tags' | 'settings'
>;

/** What is pinned or archived already keeps its time, and so its place. */
const changed = (
  before: Session,
  { title, pinned, archived, tags, settings }: Edit,
  now: Date,
) => ({
  ...settings,
  title: title ?? before.title,
  pinnedAt: timeOf(pinned, before.pinnedAt, now),
  archivedAt: timeOf(archived, before.archivedAt, now),
  tags: tags ?? before.tags,
});

function timeOf(wanted: boolean | undefined, before: Date | null, now: Date): Date | null {
  if (wanted === undefined) return before;
  return wanted ? (before ?? now) : null;
}
