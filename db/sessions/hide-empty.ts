import { and, eq, isNotNull, isNull, notExists, or } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';
import { DELETED_PERMANENTLY } from './purge';

/**
 * Deletes the session if it has no messages, turns to retry, title or memory. A restore would bring back nothing, so it
 * skips the trash.
 */
export async function hideEmpty(query: Queries, tables: Tables, id: string): Promise<void> {
  const { sessions, messages, turns } = tables;
  const anyMessage = query
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.sessionId, id));
  const open = query
    .select({ id: turns.requestId })
    .from(turns)
    .where(
      and(eq(turns.sessionId, id), or(eq(turns.state, 'running'), isNotNull(turns.failedText))),
    );
  await query
    .update(sessions)
    .set({ deletedAt: DELETED_PERMANENTLY })
    .where(
      and(
        eq(sessions.id, id),
        isNull(sessions.deletedAt),
        isNull(sessions.title),
        isNull(sessions.memory),
        notExists(anyMessage),
        notExists(open),
      ),
    );
}
