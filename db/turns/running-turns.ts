import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { numbered, param, perLength, prepare } from '@/db/engine/prepare';
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
        const ids = padded(requestIds).map((requestId) => ({ requestId }));
        const beaten = await prepare(query, db.tables, heartbeats(ids.length)).execute({
          now,
          ...numbered(ids),
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

const named = (length: number) =>
  Array.from({ length }, (_, n) => sql.placeholder(`requestId${n}`));

const heartbeats = perLength((length) => (query: Queries, tables: Tables) => {
  const { turns } = tables;
  return query
    .update(turns)
    .set({ heartbeat: param('now', turns.heartbeat) })
    .where(and(inArray(turns.requestId, named(length)), isRunning(tables)))
    .returning({
      requestId: turns.requestId,
      stopRequested: turns.stopRequested,
      until: turns.watchedUntil,
    });
});
