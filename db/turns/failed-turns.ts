import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db } from '@/db/engine/client';
import { byteLengthOf, adjustQuota } from '@/db/quotas/owner-quota';
import { hideEmpty } from '@/db/sessions/hide-empty';
import { versionBump } from '@/db/sessions/session-row';
import { visibleTo } from './turn-owner';

const LISTED = 100;

/** The user text of turns that failed before their first token. */
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
            endedAt: turns.endedAt,
          })
          .from(turns)
          .where(
            and(
              eq(turns.sessionId, sessionId),
              eq(turns.state, 'failed'),
              visibleTo(db.tables, owner),
              isNotNull(turns.failedText),
            ),
          )
          .orderBy(desc(turns.createdAt))
          .limit(LISTED);
        return rows.toReversed().map(({ text, failure, ...turn }) => ({
          ...turn,
          text: text ?? '',
          failure: failure ?? { kind: 'internal' },
        }));
      }),

    dismiss: (owner, requestId, now) =>
      db.transaction(async (query) => {
        const kept = and(
          eq(turns.requestId, requestId),
          visibleTo(db.tables, owner),
          isNotNull(turns.failedText),
        );
        const [seen] = await query.select({ sessionId: turns.sessionId }).from(turns).where(kept);
        if (!seen) return false;
        const sessionId = seen.sessionId ?? '';
        // Lock the session before the turn, like a send that replaces it, against deadlocks.
        await query
          .update(sessions)
          .set(versionBump(db.tables, now))
          .where(eq(sessions.id, sessionId));
        const [turn] = await query
          .select({ bytes: byteLengthOf(turns.failedText) })
          .from(turns)
          .where(kept);
        if (!turn) return true;
        await query.update(turns).set({ failedText: null }).where(kept);
        await query
          .update(sessions)
          .set({ bytes: sql`${sessions.bytes} - ${turn.bytes}` })
          .where(eq(sessions.id, sessionId));
        await adjustQuota(query, db.tables, owner, { bytes: -turn.bytes });
        await hideEmpty(query, db.tables, sessionId);
        return true;
      }),
  };
}
