import { and, asc, eq, inArray, isNotNull, lt, or, isNull } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn-store';
import type { Turn } from '@/lib/chat/turn';
import { beginTurn } from './begin-turn';
import type { Db, Tables } from './client';
import { endTurn } from './end-turn';

/** The columns of a turn that the rest of the program knows. */
export const turnColumns = ({ turns }: Tables) => ({
  requestId: turns.requestId,
  owner: turns.owner,
  sessionId: turns.sessionId,
  state: turns.state,
  failure: turns.failure,
  model: turns.model,
  userMessageId: turns.userMessageId,
  replyId: turns.replyId,
  usage: turns.usage,
  instance: turns.instance,
  heartbeat: turns.heartbeat,
  stopAsked: turns.stopAsked,
  createdAt: turns.createdAt,
  endedAt: turns.endedAt,
});

export function turnStore(db: Db): TurnStore {
  const { tables } = db;
  const { turns, turnEvents, messages } = tables;
  const mine = (owner: string, requestId: string) =>
    and(eq(turns.requestId, requestId), eq(turns.owner, owner));

  return {
    begin: (turn) => beginTurn(db, turn),
    end: (result) => endTurn(db, result),

    appendText: (batches, now) =>
      db.transaction(async (query) => {
        await query
          .insert(turnEvents)
          .values([...batches])
          .onConflictDoNothing();
        const ids = batches.map(({ requestId }) => requestId);
        await query.update(turns).set({ heartbeat: now }).where(inArray(turns.requestId, ids));
      }),

    beat: (requestIds, now) =>
      db.transaction(async (query) => {
        const beaten = await query
          .update(turns)
          .set({ heartbeat: now })
          .where(and(inArray(turns.requestId, [...requestIds]), eq(turns.state, 'running')))
          .returning({ requestId: turns.requestId, stopAsked: turns.stopAsked });
        return beaten.filter(({ stopAsked }) => stopAsked).map(({ requestId }) => requestId);
      }),

    find: (owner, requestId) =>
      db.read(async (query) => {
        const [turn] = await query
          .select(turnColumns(tables))
          .from(turns)
          .where(mine(owner, requestId));
        return (turn satisfies Turn | undefined) ?? null;
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

    askStop: (owner, requestId) =>
      db.transaction(async (query) => {
        const asked = await query
          .update(turns)
          .set({ stopAsked: true })
          .where(mine(owner, requestId))
          .returning({ requestId: turns.requestId });
        return asked.length > 0;
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
          .where(eq(turns.state, 'running')),
      ),

    runningIn: (owner, sessionId) =>
      db.read(async (query) => {
        const rows = await query
          .select({ requestId: turns.requestId })
          .from(turns)
          .where(
            and(eq(turns.sessionId, sessionId), eq(turns.state, 'running'), eq(turns.owner, owner)),
          )
          .orderBy(asc(turns.createdAt));
        return rows.map(({ requestId }) => requestId);
      }),

    failedIn: (owner, sessionId) =>
      db.read(async (query) => {
        const rows = await query
          .select({
            requestId: turns.requestId,
            text: turns.failedText,
            failure: turns.failure,
            createdAt: turns.createdAt,
          })
          .from(turns)
          .where(
            and(
              eq(turns.sessionId, sessionId),
              eq(turns.state, 'failed'),
              eq(turns.owner, owner),
              isNotNull(turns.failedText),
            ),
          )
          .orderBy(asc(turns.createdAt));
        return rows.map(({ text, failure, ...turn }) => ({
          ...turn,
          text: text ?? '',
          failure: failure ?? { kind: 'internal' },
        }));
      }),

    dismiss: (owner, requestId) =>
      db.transaction(async (query) => {
        const dismissed = await query
          .update(turns)
          .set({ failedText: null })
          .where(and(mine(owner, requestId), isNotNull(turns.failedText)))
          .returning({ requestId: turns.requestId });
        return dismissed.length > 0;
      }),

    tidy: ({ endedBefore, keysBefore }) =>
      db.transaction(async (query) => {
        const over = query
          .select({ requestId: turns.requestId })
          .from(turns)
          .where(
            and(
              lt(turns.endedAt, endedBefore),
              or(isNotNull(turns.sessionId), isNull(turns.idempotencyKey)),
            ),
          );
        await query.delete(turnEvents).where(inArray(turnEvents.requestId, over));
        await query
          .update(turns)
          .set({ idempotencyKey: null, bodyHash: null })
          .where(and(lt(turns.createdAt, keysBefore), isNotNull(turns.idempotencyKey)));
      }),
  };
}
