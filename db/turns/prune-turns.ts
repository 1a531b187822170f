import { and, eq, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { dropTurns } from './drop-turns';
import { pruneInRounds, ROUND } from '@/db/engine/rounds';
import { isRunning } from '@/db/quotas/turns-at-once';

type Before = Parameters<TurnStore['prune']>[0];

/** How many turns' batches one round deletes: a long reply has hundreds. */
const TURNS_A_ROUND = 20;

/** Prunes expired rows of turns, in rounds. */
export async function pruneTurns(db: Db, before: Before): Promise<void> {
  for (const drop of [dropBatches, dropKeys, dropUnknown, dropInstances])
    await pruneInRounds(db, (query, tables) => drop(query, tables, before));
}

/** An end deletes the batches of its turn. Here are those of the release before, and of processes that woke up and died. */
async function dropBatches(query: Queries, tables: Tables) {
  const { turns, turnEvents } = tables;
  const ended = await query
    .select({ requestId: turns.requestId })
    .from(turns)
    .where(
      and(
        inArray(turns.requestId, withBatches(tables)),
        isNotNull(turns.sessionId),
        isNotNull(turns.endedAt),
      ),
    )
    .limit(TURNS_A_ROUND);
  if (ended.length === 0) return { more: false };
  // By their ids: the planner would read all batches for a query within the query.
  const ids = ended.map(({ requestId }) => requestId);
  await query.delete(turnEvents).where(inArray(turnEvents.requestId, ids));
  return { more: true };
}

/** The turns that have batches, found by jumping from turn to turn in the index: a turn may have hundreds of rows. */
const withBatches = ({ turnEvents }: Tables) => {
  const { requestId } = turnEvents;
  return sql`(with recursive found(id) as (
    select min(${requestId}) from ${turnEvents} union all
    select (select min(${requestId}) from ${turnEvents} where ${requestId} > found.id) from found where found.id is not null
  ) select id from found where id is not null)`;
};

async function dropKeys(query: Queries, { turns }: Tables, { keysBefore }: Before) {
  const some = query
    .select({ requestId: turns.requestId })
    .from(turns)
    .where(and(isNotNull(turns.idempotencyKey), lt(turns.createdAt, keysBefore)))
    .limit(ROUND);
  const dropped = await query
    .update(turns)
    .set({ idempotencyKey: null, bodyHash: null })
    .where(inArray(turns.requestId, some))
    .returning({ requestId: turns.requestId });
  return { more: dropped.length > 0 };
}

/** No client can ask for these turns any more. Their text goes with them. */
function dropUnknown(query: Queries, tables: Tables, { endedBefore }: Before) {
  const { sessionId, idempotencyKey, endedAt } = tables.turns;
  const which = and(isNull(sessionId), isNull(idempotencyKey), lt(endedAt, endedBefore));
  return dropTurns(query, tables, which);
}

/** An instance that runs no turn sends no heartbeat; its next one writes the row again. */
async function dropInstances(query: Queries, tables: Tables, { endedBefore }: Before) {
  const { instances, turns } = tables;
  const running = query
    .select({ requestId: turns.requestId })
    .from(turns)
    .where(and(eq(turns.instance, instances.name), isRunning(tables)));
  await query
    .delete(instances)
    .where(and(lt(instances.heartbeat, endedBefore), notExists(running)));
  return { more: false };
}
