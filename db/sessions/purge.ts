import { and, desc, eq, inArray, isNotNull, notExists, sql, type SQL } from 'drizzle-orm';
import { countDropped, droppedTurn } from '@/db/usage/count-usage';
import type { Db, Queries, Tables } from '@/db/engine/client';
import {
  byteLengthOfMessage,
  byteLengthOf,
  adjustQuota,
  totalBytes,
} from '@/db/quotas/owner-quota';
import { inRounds, ROUND } from '@/db/engine/rounds';

interface Purged {
  readonly id: string;
  readonly owner: string;
}

/** The deletion time of sessions that are deleted permanently but not purged yet. */
export const DELETED_PERMANENTLY = new Date(0);

/** Purges the deleted sessions that match, in rounds, and reduces the owner's counts. */
export async function purgeSessions(db: Db, which: SQL | undefined): Promise<void> {
  const { sessions } = db.tables;
  for (;;) {
    const [session] = await db.read((query) =>
      query
        .select({ id: sessions.id, owner: sessions.owner })
        .from(sessions)
        .where(and(isNotNull(sessions.deletedAt), which))
        .limit(1),
    );
    if (!session) return;
    if (await claim(db, session)) await purgeSession(db, session);
  }
}

/** Prevents a restore from here on. False when the session was just restored. */
const claim = (db: Db, { id }: Purged): Promise<boolean> =>
  db.transaction(async (query) => {
    const { sessions } = db.tables;
    const claimed = await query
      .update(sessions)
      .set({ deletedAt: DELETED_PERMANENTLY })
      .where(and(eq(sessions.id, id), isNotNull(sessions.deletedAt)))
      .returning({ id: sessions.id });
    return claimed.length > 0;
  });

/** Can be interrupted anywhere, and run in two processes at once: each round counts what it removed itself. */
async function purgeSession(db: Db, session: Purged): Promise<void> {
  // Turns before the session's row, the same lock order as a turn that ends.
  await inRounds(() => db.transaction((query) => dropTurns(query, db.tables, session)));
  await inRounds(() => db.transaction((query) => dropMessages(query, db.tables, session)));
  await db.transaction((query) => dropSession(query, db.tables, session));
}

async function dropTurns(query: Queries, tables: Tables, session: Purged) {
  const { turns } = tables;
  const some = query
    .select({ requestId: turns.requestId })
    .from(turns)
    .where(eq(turns.sessionId, session.id))
    .limit(ROUND);
  const deleted = await query
    .delete(turns)
    .where(inArray(turns.requestId, some))
    .returning({ bytes: byteLengthOf(turns.failedText), ...droppedTurn(tables) });
  await countGone(query, tables, session, { messages: 0, bytes: totalBytes(deleted) });
  await countDropped(query, tables, deleted);
  return { more: deleted.length === ROUND };
}

/** From the end, so that no removed message is the parent of another. */
async function dropMessages(query: Queries, tables: Tables, session: Purged) {
  const { messages } = tables;
  const some = query
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.sessionId, session.id))
    .orderBy(desc(messages.seq))
    .limit(ROUND);
  const deleted = await query
    .delete(messages)
    .where(inArray(messages.id, some))
    .returning({ bytes: byteLengthOfMessage(tables) });
  await countGone(query, tables, session, { messages: deleted.length, bytes: totalBytes(deleted) });
  return { more: deleted.length === ROUND };
}

async function countGone(
  query: Queries,
  tables: Tables,
  { id, owner }: Purged,
  { messages, bytes }: { messages: number; bytes: number },
): Promise<void> {
  const { sessions } = tables;
  if (bytes > 0)
    await query
      .update(sessions)
      .set({ bytes: sql`${sessions.bytes} - ${bytes}` })
      .where(eq(sessions.id, id));
  await adjustQuota(query, tables, owner, { messages: -messages, bytes: -bytes });
}

/**
 * Deletes the session with its memories, unless another process is still removing its messages; a later purge finds it
 * again.
 */
async function dropSession(query: Queries, tables: Tables, { id, owner }: Purged): Promise<void> {
  const { sessions, messages, turns } = tables;
  const [deleted] = await query
    .delete(sessions)
    .where(
      and(
        eq(sessions.id, id),
        isNotNull(sessions.deletedAt),
        notExists(
          query.select({ id: messages.id }).from(messages).where(eq(messages.sessionId, id)),
        ),
        notExists(query.select({ id: turns.requestId }).from(turns).where(eq(turns.sessionId, id))),
      ),
    )
    .returning({ bytes: sessions.bytes });
  if (deleted) await adjustQuota(query, tables, owner, { sessions: -1, bytes: -deleted.bytes });
}
