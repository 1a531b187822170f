import { and, asc, eq, inArray } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { isRunning } from '@/db/quotas/turns-at-once';
import { visibleTo } from './turn-owner';

/** Running turns: their heartbeats and stop requests. */
export function runningTurns(
  db: Db,
): Pick<TurnStore, 'heartbeat' | 'requestStop' | 'running' | 'runningIn'> {
  const { turns } = db.tables;

  return {
    heartbeat: (requestIds, now) =>
      db.transaction(async (query) => {
        const beaten = await query
          .update(turns)
          .set({ heartbeat: now })
          .where(and(inArray(turns.requestId, padded(requestIds)), isRunning(db.tables)))
          .returning({
            requestId: turns.requestId,
            stopRequested: turns.stopRequested,
            until: turns.watchedUntil,
          });
        const running = new Set(beaten.map(({ requestId }) => requestId));
        return {
          stopRequested: beaten.filter((row) => row.stopRequested).map((row) => row.requestId),
          ended: requestIds.filter((requestId) => !running.has(requestId)),
          watched: beaten.flatMap(({ requestId, until }) => (until ? [{ requestId, until }] : [])),
        };
      }),

    requestStop: (owner, requestId) =>
      db.transaction(async (query) => {
        const marked = await query
          .update(turns)
          .set({ stopRequested: true })
          .where(and(eq(turns.requestId, requestId), visibleTo(db.tables, owner)))
          .returning({ requestId: turns.requestId });
        return marked.length > 0;
      }),

    running: () =>
      db.read((query) =>
        query
          .select({
            requestId: turns.requestId,
            instance: turns.instance,
            heartbeat: turns.heartbeat,
          })
          .from(turns)
          .where(isRunning(db.tables)),
      ),

    runningIn: (owner, sessionId) =>
      db.read(async (query) => {
        const rows = await query
          .select({ requestId: turns.requestId })
          .from(turns)
          .where(
            and(
              visibleTo(db.tables, owner),
              isRunning(db.tables),
              sessionId === undefined ? undefined : eq(turns.sessionId, sessionId),
            ),
          )
          .orderBy(asc(turns.createdAt));
        return rows.map(({ requestId }) => requestId);
      }),
  };
}
