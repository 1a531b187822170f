import { and, asc, eq, gte, inArray, lte, max, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn-store';
import type { Db } from './client';

/** The text of turns, in batches while they run. */
export function turnText(db: Db): Pick<TurnStore, 'appendText' | 'textFrom'> {
  const { turns, turnEvents, messages } = db.tables;

  return {
    appendText: (batches, now) =>
      db.transaction(async (query) => {
        await query
          .insert(turnEvents)
          .values([...batches])
          .onConflictDoNothing();
        const ids = batches.map(({ requestId }) => requestId);
        await query.update(turns).set({ heartbeat: now }).where(inArray(turns.requestId, ids));
      }),

    textFrom: (requestId, offset) =>
      db.read(async (query) => {
        const ofTurn = eq(turnEvents.requestId, requestId);
        /** The batch that `offset` is in: a watcher who looks often does not read the whole each time. */
        const first = query
          .select({ offset: max(turnEvents.offset) })
          .from(turnEvents)
          .where(and(ofTurn, lte(turnEvents.offset, offset)));
        const batches = await query
          .select({ offset: turnEvents.offset, text: turnEvents.text })
          .from(turnEvents)
          .where(and(ofTurn, gte(turnEvents.offset, sql`coalesce((${first}), 0)`)))
          .orderBy(asc(turnEvents.offset));
        const [reply] = await query
          .select({ content: messages.content })
          .from(turns)
          .innerJoin(messages, eq(messages.id, turns.replyId))
          .where(
            and(
              eq(turns.requestId, requestId),
              inArray(turns.state, ['complete', 'stopped', 'interrupted']),
            ),
          );
        if (reply) return reply.content.slice(offset);
        return batches
          .map(({ text }) => text)
          .join('')
          .slice(offset - (batches[0]?.offset ?? 0));
      }),
  };
}
