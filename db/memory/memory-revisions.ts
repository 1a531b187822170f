import { and, desc, eq, lte, max } from 'drizzle-orm';
import { REVISIONS_MAX, type MemoryRevision } from '@/lib/sessions/memory/memory';
import type { Queries, Tables } from '@/db/engine/client';
import { utf8Bytes, byteLengthOf, totalBytes } from '@/db/quotas/owner-quota';

/**
 * Adds a revision and prunes the oldest. Returns the change in bytes. The update before it has locked the session's
 * row, so the next number is free. The number 1 follows an empty memory: where there was one without a revision, the
 * first is 2.
 */
export async function revise(
  query: Queries,
  { memoryRevisions }: Tables,
  revision: MemoryRevision,
  previous: string | null,
): Promise<number> {
  const ofSession = eq(memoryRevisions.sessionId, revision.sessionId);
  const [newest] = await query
    .select({ seq: max(memoryRevisions.seq) })
    .from(memoryRevisions)
    .where(ofSession);
  const seq = (newest?.seq ?? (previous === null ? 0 : 1)) + 1;
  await query.insert(memoryRevisions).values({ ...revision, seq });
  const deleted = await query
    .delete(memoryRevisions)
    .where(and(ofSession, lte(memoryRevisions.seq, seq - REVISIONS_MAX)))
    .returning({ bytes: byteLengthOf(memoryRevisions.text) });
  return utf8Bytes(revision.text ?? '') - totalBytes(deleted);
}

export const newestRevisions = (
  query: Queries,
  { memoryRevisions }: Tables,
  sessionId: string,
  limit: number,
): Promise<MemoryRevision[]> =>
  query
    .select({
      id: memoryRevisions.id,
      sessionId: memoryRevisions.sessionId,
      text: memoryRevisions.text,
      author: memoryRevisions.author,
      turn: memoryRevisions.turn,
      createdAt: memoryRevisions.createdAt,
    })
    .from(memoryRevisions)
    .where(eq(memoryRevisions.sessionId, sessionId))
    .orderBy(desc(memoryRevisions.seq))
    .limit(limit);

/** Deletes all revisions. Returns their bytes. */
export async function dropRevisions(
  query: Queries,
  { memoryRevisions }: Tables,
  sessionId: string,
): Promise<number> {
  const deleted = await query
    .delete(memoryRevisions)
    .where(eq(memoryRevisions.sessionId, sessionId))
    .returning({ bytes: byteLengthOf(memoryRevisions.text) });
  return totalBytes(deleted);
}
