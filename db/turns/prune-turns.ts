import { and, eq, inArray, isNotNull, isNull, lt, notExists } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { dropTurns } from './drop-turns';
import { pruneInRounds, ROUND } from '@/db/engine/rounds';
import { isRunning } from '@/db/quotas/turns-at-once';

type Before = Parameters<TurnStore['prune']>[0];

/** How many turns' batches one round deletes: a long reply has hundreds. */
const TURNS_A_ROUND = 20;

/** Prunes, in rounds, what a turn leaves behind once nobody asks for it. */
export async function pruneTurns(db: Db, before: Before): Promise<void> {
  for (const drop of [dropBatches, dropKeys, dropUnknown, dropInstances])
    await pruneInRounds(db, (query, tables) => drop(query, tables, before));
}

/** An end deletes the batches of its turn. Here are those of the release before, and of processes that woke up and died. */
async function dropBatches(query: Queries, { turns, turnEvents }: Tables) {
  const some = query
    .selectDistinct({ requestId: turnEvents.requestId })
    .from(turnEvents)
    .innerJoin(turns, eq(turns.requestId, turnEvents.requestId))
    .where(and(isNotNull(turns.sessionId), isNotNull(turns.endedAt)))
    .limit(TURNS_A_ROUND);
  const gone = await query
    .delete(turnEvents)
    .where(inArray(turnEvents.requestId, some))
    .returning({ offset: turnEvents.offset });
  return { more: gone.length > 0 };
}

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
