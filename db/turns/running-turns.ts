import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { numbered, param, perLength, prepare } from '@/db/engine/prepare';
import { isRunning } from '@/db/quotas/turns-at-once';
import { visibleTo } from './turn-owner';

type RunningTurns = Pick<
  TurnStore,
  'heartbeat' | 'renewTurns' | 'requestStop' | 'instances' | 'runningOn' | 'runningIn'
>;

/** Running turns: the heartbeats of their processes, and stop requests. */
export function runningTurns(db: Db): RunningTurns {
  const { tables } = db;
  const { turns } = tables;

  return {
    heartbeat: ({ instance, requestIds, now }) =>
      db.transaction(async (query) => {
        await prepare(query, tables, beat).execute({ instance, now });
        const ids = idValues(requestIds);
        const rows = await prepare(query, tables, stillRunning(ids.length)).execute(numbered(ids));
        const running = new Set(rows.map(({ requestId }) => requestId));
        return {
          stopRequested: rows.filter((row) => row.stopRequested).map((row) => row.requestId),
          ended: requestIds.filter((requestId) => !running.has(requestId)),
          watched: rows.flatMap(({ requestId, until }) => (until ? [{ requestId, until }] : [])),
        };
      }),

    renewTurns: (requestIds, now) =>
      db.transaction(async (query) => {
        const ids = idValues(requestIds);
        const values = { now, ...numbered(ids) };
        await prepare(query, tables, renewed(ids.length)).execute(values);
      }),

    requestStop: (owner, requestId) =>
      db.transaction(async (query) => {
        const marked = await query
          .update(turns)
          .set({ stopRequested: true })
          .where(and(eq(turns.requestId, requestId), visibleTo(tables, owner)))
          .returning({ requestId: turns.requestId });
        return marked.length > 0;
      }),

    instances: () => db.read((query) => lifeSigns(query, tables)),

    runningOn: (instance) =>
      db.read(async (query) => {
        const rows = await query
          .select({ requestId: turns.requestId })
          .from(turns)
          .where(and(eq(turns.instance, instance), isRunning(tables)));
        return rows.map(({ requestId }) => requestId);
      }),

    runningIn: (owner, sessionId) =>
      db.read(async (query) => {
        const rows = await query
          .select({ requestId: turns.requestId })
          .from(turns)
          .where(
            and(
              visibleTo(tables, owner),
              isRunning(tables),
              sessionId === undefined ? undefined : eq(turns.sessionId, sessionId),
            ),
          )
          .orderBy(asc(turns.createdAt));
        return rows.map(({ requestId }) => requestId);
      }),
  };
}

/**
 * In one query, so that no turn is seen without the heartbeat that came before it. An instance of the release before has
 * no row, and renews the heartbeats of its turns instead; each new turn is a sign of life as well.
 */
async function lifeSigns(query: Queries, tables: Tables) {
  const { instances, turns } = tables;
  const rows = await query
    .select({
      instance: turns.instance,
      heartbeat: instances.heartbeat,
      ofTurns: max(turns.heartbeat),
    })
    .from(turns)
    .leftJoin(instances, eq(instances.name, turns.instance))
    .where(isRunning(tables))
    .groupBy(turns.instance, instances.heartbeat);
  return rows.map(({ instance, heartbeat, ofTurns }) => ({
    instance,
    lifeSign: [heartbeat, ofTurns].map((time) => time?.toISOString() ?? '').join(' '),
  }));
}

const idValues = (requestIds: readonly string[]) =>
  padded(requestIds).map((requestId) => ({ requestId }));

const named = (length: number) =>
  Array.from({ length }, (_, n) => sql.placeholder(`requestId${n}`));

const beat = (query: Queries, { instances }: Tables) => {
  const heartbeat = param('now', instances.heartbeat);
  return query
    .insert(instances)
    .values({ name: sql.placeholder('instance'), heartbeat })
    .onConflictDoUpdate({ target: instances.name, set: { heartbeat } });
};

const areThese = (tables: Tables, length: number) =>
  and(inArray(tables.turns.requestId, named(length)), isRunning(tables));

const stillRunning = perLength((length) => (query: Queries, tables: Tables) => {
  const { requestId, stopRequested, watchedUntil: until } = tables.turns;
  return query
    .select({ requestId, stopRequested, until })
    .from(tables.turns)
    .where(areThese(tables, length));
});

const renewed = perLength(
  (length) => (query: Queries, tables: Tables) =>
    query
      .update(tables.turns)
      .set({ heartbeat: param('now', tables.turns.heartbeat) })
      .where(areThese(tables, length)),
);
