import { and, eq, sql } from 'drizzle-orm';
import type { BegunTurn, Continuation } from '@/lib/chat/turn/turn-store';
import { AppError } from '@/lib/errors';
import type { Message } from '@/lib/sessions/message';
import { countTurn, readContext } from './begin-turn';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { insertTurn, lostRace, sameKey } from './insert-turn';
import { keepTexts } from '@/db/prompts/texts/prompt-texts';
import { owned, lockSession } from '@/db/sessions/session-row';
import { openingOn } from '@/db/messages/tree';
import { lengthOfAll } from '@/lib/reply/entry';
import { entriesOf } from '@/lib/reply/parts';
import { rowsOf } from './turn-entries';
import { reservationOf } from '@/db/quotas/reservation';
import { checkPlace } from '@/db/quotas/turns-at-once';
import { visibleTo } from './turn-owner';

/**
 * Begins a turn that continues the reply of another one. The stored reply stays as it is until the turn ends, so that
 * readers miss nothing, even after a killed process.
 */
export function continueTurn(db: Db, bounds: Bounds, turn: Continuation): Promise<BegunTurn> {
  const { tables } = db;
  return db.transaction(async (query) => {
    const joined = await sameKey(query, tables, turn);
    if (joined) return joined;
    checkPlace(bounds, turn);
    const { owner, sessionId: id, requestId, now } = turn;
    const session = await lockSession(query, tables, { owner, id, now });
    const { userMessageId, replyId } = await brokenOff(query, tables, turn);
    if (userMessageId === null || replyId === null) throw cannotContinue();
    const places = { userMessageId, replyId };
    const question = await messageOf(query, tables, userMessageId);
    const context = await readContext(query, tables, { ...session, head: question.parent }, turn);
    const { content: soFar } = await messageOf(query, tables, replyId);
    const reserved = { ...turn, ...reservationOf(turn, context, [question.content, soFar]) };
    // Before taking the reply: a repeated send must join its turn, which has taken the reply already.
    if (!(await insertTurn(query, tables, reserved, places))) return lostRace(query, tables, turn);
    const reply = await takeReply(query, tables, turn, replyId);
    if (!reply || (await isAnswered(query, tables, replyId))) throw cannotContinue();
    const entries = entriesOf(reply);
    if (lengthOfAll(entries) >= turn.replyMaxChars) throw tooLong();
    const rows = rowsOf({ requestId, entries });
    if (rows.length > 0) await query.insert(tables.turnEvents).values(rows);
    const moves = session.head !== replyId;
    const opening = moves ? await openingOn(query, tables, id, replyId) : session.opening;
    const { texts, bytes } = await keepTexts(query, tables, id, context);
    await query
      .update(tables.sessions)
      .set({
        lastActivity: now,
        archivedAt: null,
        head: replyId,
        opening,
        bytes: sql`${tables.sessions.bytes} + ${bytes}`,
      })
      .where(owned(tables, owner, id));
    // A reply is never cut off for a quota, so an owner over the quota may not extend one.
    await countTurn(query, tables, bounds, turn, { bytes });
    const { thoughtMs } = reply;
    const stored = { texts, question: question.seq, reply: reply.seq };
    const shared = { context, reply: entries, thoughtMs };
    return { kind: 'started', question: question.content, ...shared, places: stored };
  });
}

/** Something follows it, so it does not end its branch. */
async function isAnswered(query: Queries, { messages }: Tables, id: string): Promise<boolean> {
  const [next] = await query
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.parent, id))
    .limit(1);
  return next !== undefined;
}

const cannotContinue = (): AppError =>
  new AppError({ kind: 'conflict', reason: 'not-continuable' });

const tooLong = (): AppError => new AppError({ kind: 'conflict', reason: 'reply-full' });

/**
 * Throws `not-found` for a turn that is unknown, another owner's or another session's, and `conflict` for one that
 * cannot be continued.
 */
async function brokenOff(
  query: Queries,
  tables: Tables,
  { owner, sessionId, continues }: Continuation,
): Promise<{ userMessageId: string | null; replyId: string | null }> {
  const { turns } = tables;
  const [turn] = await query
    .select({ state: turns.state, userMessageId: turns.userMessageId, replyId: turns.replyId })
    .from(turns)
    .where(
      and(eq(turns.requestId, continues), visibleTo(tables, owner), eq(turns.sessionId, sessionId)),
    );
  if (!turn) throw new AppError({ kind: 'not-found', reason: 'turn' });
  if (turn.state !== 'interrupted' && turn.state !== 'stopped') throw cannotContinue();
  return turn;
}

/** Takes over the reply for this turn. Undefined when another turn has continued it meanwhile. */
async function takeReply(
  query: Queries,
  { messages }: Tables,
  { requestId, continues }: Continuation,
  replyId: string,
): Promise<Pick<Message, 'seq' | 'content' | 'parts' | 'thoughtMs'> | undefined> {
  const [reply] = await query
    .update(messages)
    .set({ turn: requestId })
    .where(and(eq(messages.id, replyId), eq(messages.turn, continues)))
    .returning({
      seq: messages.seq,
      content: messages.content,
      parts: messages.parts,
      thoughtMs: messages.thoughtMs,
    });
  return reply;
}

async function messageOf(
  query: Queries,
  { messages }: Tables,
  id: string,
): Promise<Pick<Message, 'seq' | 'content' | 'parent'>> {
  const [message] = await query
    .select({ seq: messages.seq, content: messages.content, parent: messages.parent })
    .from(messages)
    .where(eq(messages.id, id));
  if (!message) throw cannotContinue();
  return message;
}
