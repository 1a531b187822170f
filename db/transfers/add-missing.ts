import { eq, sql } from 'drizzle-orm';
import type { FileMessage, FileSession } from '@/lib/sessions/export/session-file';
import type { MemoryRevision } from '@/lib/sessions/memory/memory';
import type { Bounds } from '@/db/quotas/bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { addToQuota } from '@/db/quotas/owner-quota';
import { revise } from '@/db/memory/memory-revisions';
import { lockSession } from '@/db/sessions/session-row';
import { insertMessages, messageRow, openingIn, settingsOf } from './import-rows';

interface Addition {
  readonly owner: string;
  readonly session: FileSession;
  readonly missing: readonly FileMessage[];
  /** The file was written after the last change here, so its settings are the newer ones. */
  readonly isLater: boolean;
  readonly now: Date;
}

/** Adds to a session what a newer file has beyond it. */
export async function addMissing(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  { owner, session, missing, isLater, now }: Addition,
): Promise<void> {
  const { sessions } = tables;
  const stored = await lockSession(query, tables, { owner, id: session.id, now });
  let seq = stored.lastSeq;
  const rows = missing.map((message) => {
    seq = Math.max(message.seq, seq + 1);
    return messageRow(session.id, message, seq);
  });
  const messageBytes = await insertMessages(query, tables, rows);
  const remembered = isLater ? await addRevisions(query, tables, session, stored.memory) : 0;
  const bytes = messageBytes + remembered;
  const last = new Date(Math.max(stored.lastActivity.getTime(), session.last_activity.getTime()));
  await query
    .update(sessions)
    .set({
      ...(isLater && settingsOf(session)),
      head: session.head,
      lastSeq: seq,
      opening: stored.opening ?? openingIn(session),
      bytes: sql`${sessions.bytes} + ${bytes}`,
      lastActivity: last,
    })
    .where(eq(sessions.id, session.id));
  await addToQuota(query, tables, bounds, { owner, messages: rows.length, bytes, now });
}

/** Returns the change in bytes. */
async function addRevisions(
  query: Queries,
  tables: Tables,
  session: FileSession,
  previous: string | null,
): Promise<number> {
  const { memoryRevisions } = tables;
  const rows = await query
    .select({ id: memoryRevisions.id })
    .from(memoryRevisions)
    .where(eq(memoryRevisions.sessionId, session.id));
  const here = new Set(rows.map(({ id }) => id));
  let bytes = 0;
  for (const { created_at: createdAt, ...revision } of session.memory_revisions) {
    if (here.has(revision.id)) continue;
    const row: MemoryRevision = { ...revision, sessionId: session.id, createdAt };
    bytes += await revise(query, tables, row, previous);
  }
  return bytes;
}
