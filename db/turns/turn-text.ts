import { and, asc, eq, gte, inArray, lte, max, sql } from 'drizzle-orm';
import type { TextBatch, TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { paddedIds } from '@/db/engine/padded-ids';
import { prepare } from '@/db/engine/prepare';

/** The text of turns, in batches while they run. */
export function turnText(db: Db): Pick<TurnStore, 'appendText' | 'textFrom'> {
  const { turns, turnEvents } = db.tables;

  return {
    appendText: (batches, now) =>
      db.transaction(async (query) => {
        const replaced = batches
          .filter(({ replaces }) => replaces)
          .map(({ requestId }) => requestId);
        if (replaced.length > 0)
          await query.delete(turnEvents).where(inArray(turnEvents.requestId, paddedIds(replaced)));
        const rows = standing(batches);
        if (rows.length > 0) await query.insert(turnEvents).values(rows).onConflictDoNothing();
        const ids = paddedIds(batches.map(({ requestId }) => requestId));
        await query.update(turns).set({ heartbeat: now }).where(inArray(turns.requestId, ids));
      }),

    textFrom: (requestId, offset) =>
      db.read(async (query) => {
        const { tables } = db;
        const batches = await prepare(query, tables, batchesFrom).execute({ requestId, offset });
        const [reply] = await prepare(query, tables, storedReply).execute({ requestId });
        if (reply) return reply.content.slice(offset);
        return batches
          .map(({ text }) => text)
          .join('')
          .slice(offset - (batches[0]?.offset ?? 0));
      }),
  };
}

/** The batches that remain after later ones have replaced the text. */
function standing(batches: readonly TextBatch[]): TextBatch[] {
  const from = new Map<string, number>();
  for (const [at, { requestId, replaces }] of batches.entries())
    if (replaces) from.set(requestId, at);
  return batches.filter(
    ({ requestId, text }, at) => text !== '' && at >= (from.get(requestId) ?? 0),
  );
}

/** Starts at the batch that contains `offset`, so that polling does not read the whole text each time. */
const batchesFrom = (query: Queries, { turnEvents }: Tables) => {
  const ofTurn = eq(turnEvents.requestId, sql.placeholder('requestId'));
  const first = query
    .select({ offset: max(turnEvents.offset) })
    .from(turnEvents)
    .where(and(ofTurn, lte(turnEvents.offset, sql.placeholder('offset'))));
  return query
    .select({ offset: turnEvents.offset, text: turnEvents.text })
    .from(turnEvents)
    .where(and(ofTurn, gte(turnEvents.offset, sql`coalesce((${first}), 0)`)))
    .orderBy(asc(turnEvents.offset));
};

/** Empty while the turn runs, even for a continuation. */
const storedReply = (query: Queries, { turns, messages }: Tables) =>
  query
    .select({ content: messages.content })
    .from(turns)
    .innerJoin(messages, eq(messages.id, turns.replyId))
    .where(
      and(
        eq(turns.requestId, sql.placeholder('requestId')),
        inArray(turns.state, ['complete', 'stopped', 'interrupted']),
      ),
    );
