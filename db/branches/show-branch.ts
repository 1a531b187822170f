import type { BranchStore } from '@/lib/sessions/branches/branch-store';
import { messageNotFound } from '@/lib/errors';
import type { Session } from '@/lib/sessions/session';
import type { Db } from '@/db/engine/client';
import { lockSession, oneOrNotFound, owned, ownedSession } from '@/db/sessions/session-row';
import { newestBelow, openingOn } from '@/db/messages/tree';

export function showBranch(
  db: Db,
  { owner, id, head: within, version, now }: Parameters<BranchStore['show']>[0],
): Promise<Session> {
  const { tables } = db;
  const { sessions } = tables;
  return db.transaction(async (query) => {
    const shown = await ownedSession(query, tables, owner, id);
    const end = await newestBelow(query, tables, id, within);
    if (end === null) throw messageNotFound();
    // A request that is sent again changes nothing.
    if (end === shown.head) return shown;
    await lockSession(query, tables, { owner, id, version, now });
    // A message may have been added or removed before the lock.
    const head = await newestBelow(query, tables, id, within);
    if (head === null) throw messageNotFound();
    const opening = await openingOn(query, tables, id, head);
    return oneOrNotFound(
      await query
        .update(sessions)
        .set({ head, opening })
        .where(owned(tables, owner, id))
        .returning(),
    );
  });
}
