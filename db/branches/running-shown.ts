import { and, asc, eq } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';
import { isRunning } from '@/db/quotas/turns-at-once';
import { isShown } from '@/db/messages/tree';
import { visibleTo } from '@/db/turns/turn-owner';

/** The running turns whose reply is on the shown branch of a session, oldest first. */
export async function runningShown(
  query: Queries,
  tables: Tables,
  owner: string,
  sessionId: string,
): Promise<string[]> {
  const { turns, messages } = tables;
  const rows = await query
    .select({ requestId: turns.requestId })
    .from(turns)
    .innerJoin(messages, eq(messages.id, turns.replyId))
    .where(
      and(
        visibleTo(tables, owner),
        isRunning(tables),
        eq(turns.sessionId, sessionId),
        isShown(tables, sessionId, messages),
      ),
    )
    .orderBy(asc(turns.createdAt));
  return rows.map(({ requestId }) => requestId);
}
