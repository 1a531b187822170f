import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { byteLengthOf, adjustQuota } from '@/db/quotas/owner-quota';
import { hideEmpty } from '@/db/sessions/hide-empty';
import { versionBump } from '@/db/sessions/session-row';
import { visibleTo } from './turn-owner';

const LISTED = 100;

/** The user text of turns that failed before their first token. */
export const failedTurns = (db: Db): Pick<TurnStore, 'failedIn' | 'dismiss'> => ({
  failedIn: (owner, sessionId) =>
    db.read(async (query) => {
      const { turns } = db.tables;
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
    db.transaction((query) => dismiss(query, db.tables, { owner, requestId, now })),
});

/** Returns false if the turn has no user text. */
async function dismiss(
  query: Queries,
  tables: Tables,
  { owner, requestId, now }: { owner: string; requestId: string; now: Date },
): Promise<boolean> {
  const { turns, sessions } = tables;
  const kept = and(
    eq(turns.requestId, requestId),
    visibleTo(tables, owner),
    isNotNull(turns.failedText),
  );
  const [seen] = await query.select({ sessionId: turns.sessionId }).from(turns).where(kept);
  if (!seen) return false;
  const sessionId = seen.sessionId ?? '';
  // Lock the session before the turn, like a send that replaces it, against deadlocks.
  await query.update(sessions).set(versionBump(tables, now)).where(eq(sessions.id, sessionId));
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
  await adjustQuota(query, tables, owner, { bytes: -turn.bytes });
  await hideEmpty(query, tables, sessionId);
  return true;
}
