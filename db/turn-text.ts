import { and, asc, eq, inArray } from 'drizzle-orm';
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
        const batches = await query
          .select({ offset: turnEvents.offset, text: turnEvents.text })
          .from(turnEvents)
          .where(eq(turnEvents.requestId, requestId))
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
          .slice(offset);
      }),
  };
}
