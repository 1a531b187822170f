import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn-store';
import type { Db } from './client';

/** The words of turns that failed before their first token. */
export function failedTurns(db: Db): Pick<TurnStore, 'failedIn' | 'dismiss'> {
  const { turns, sessions } = db.tables;

  return {
    failedIn: (owner, sessionId) =>
      db.read(async (query) => {
        const rows = await query
          .select({
            requestId: turns.requestId,
            text: turns.failedText,
            failure: turns.failure,
            createdAt: turns.createdAt,
          })
          .from(turns)
          .where(
            and(
              eq(turns.sessionId, sessionId),
              eq(turns.state, 'failed'),
              eq(turns.owner, owner),
              isNotNull(turns.failedText),
            ),
          )
          .orderBy(asc(turns.createdAt));
        return rows.map(({ text, failure, ...turn }) => ({
          ...turn,
          text: text ?? '',
          failure: failure ?? { kind: 'internal' },
        }));
      }),

    dismiss: (owner, requestId, now) =>
      db.transaction(async (query) => {
        const [dismissed] = await query
          .update(turns)
          .set({ failedText: null })
          .where(
            and(
              eq(turns.requestId, requestId),
              eq(turns.owner, owner),
              isNotNull(turns.failedText),
            ),
          )
          .returning({ sessionId: turns.sessionId });
        if (!dismissed) return false;
        if (dismissed.sessionId !== null) {
          await query
            .update(sessions)
            .set({ version: sql`${sessions.version} + 1`, updatedAt: now })
            .where(eq(sessions.id, dismissed.sessionId));
        }
        return true;
      }),
  };
}
