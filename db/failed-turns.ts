import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn-store';
import type { Db } from './client';
import { changed } from './session-row';

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
        const kept = and(
          eq(turns.requestId, requestId),
          eq(turns.owner, owner),
          isNotNull(turns.failedText),
        );
        const [turn] = await query.select({ sessionId: turns.sessionId }).from(turns).where(kept);
        if (!turn) return false;
        // First the session and then the turn, as a send does that replaces it: else each could wait for the other.
        await query
          .update(sessions)
          .set(changed(db.tables, now))
          .where(eq(sessions.id, turn.sessionId ?? ''));
        await query.update(turns).set({ failedText: null }).where(kept);
        return true;
      }),
  };
}
