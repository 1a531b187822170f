import { and, eq, exists, isNotNull, isNull, lt } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn-store';
import type { Db } from './client';

type Before = Parameters<TurnStore['tidy']>[0];

/** Lets go of what a turn leaves behind once its reply is in the messages. Runs often, so it reads by index alone. */
export const tidyTurns = (db: Db, { endedBefore, keysBefore }: Before): Promise<void> =>
  db.transaction(async (query) => {
    const { turns, turnEvents } = db.tables;
    const inMessages = query
      .select({ requestId: turns.requestId })
      .from(turns)
      .where(
        and(
          eq(turns.requestId, turnEvents.requestId),
          isNotNull(turns.sessionId),
          lt(turns.endedAt, endedBefore),
        ),
      );
    // By way of the batches, which are few, and not of the turns, of which there may be millions.
    await query.delete(turnEvents).where(exists(inMessages));
    await query
      .update(turns)
      .set({ idempotencyKey: null, bodyHash: null })
      .where(and(isNotNull(turns.idempotencyKey), lt(turns.createdAt, keysBefore)));
    // Nobody can ask for these any more; their text goes with them.
    await query
      .delete(turns)
      .where(
        and(isNull(turns.sessionId), isNull(turns.idempotencyKey), lt(turns.endedAt, endedBefore)),
      );
  });
