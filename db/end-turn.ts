import { and, eq, ne, or } from 'drizzle-orm';
import type { TurnEnd } from '@/lib/chat/events';
import type { TurnResult } from '@/lib/chat/turn-store';
import type { Db, Queries, Tables } from './client';
import { takeOut } from './messages';
import { changed } from './session-row';

export function endTurn(db: Db, result: TurnResult): Promise<TurnEnd> {
  const { tables } = db;
  const { turns } = tables;
  return db.transaction(async (query) => {
    const { requestId, state, failure, usage, omitted, firstTokenMs, now } = result;
    const [ended] = await query
      .update(turns)
      .set({ state, failure, usage, omitted, firstTokenMs, endedAt: now, heartbeat: now })
      .where(and(eq(turns.requestId, requestId), eq(turns.state, 'running')))
      .returning({
        sessionId: turns.sessionId,
        userMessageId: turns.userMessageId,
        replyId: turns.replyId,
      });
    if (!ended) return endBefore(query, tables, result);
    const { sessionId, userMessageId, replyId } = ended;
    // Nothing was asked of the upstream yet: the same key may try again.
    if (failure?.kind === 'unavailable') await freeKey(query, tables, requestId);
    if (sessionId === null || userMessageId === null || replyId === null) {
      await keepForKey(query, tables, result);
      return { state, replyId: null, usage, failure, omitted };
    }
    // Before the messages: this locks the session, so that no other turn begins after a message that is taken out.
    await query
      .update(tables.sessions)
      .set({ lastActivity: now, ...changed(tables, now) })
      .where(eq(tables.sessions.id, sessionId));
    const places = { sessionId, userMessageId, replyId };
    const kept = await settleMessages(query, tables, result, places);
    return { state, replyId: kept, usage, failure, omitted };
  });
}

interface Places {
  readonly sessionId: string;
  readonly userMessageId: string;
  readonly replyId: string;
}

/** The id of the reply if it stays in the conversation. */
async function settleMessages(
  query: Queries,
  tables: Tables,
  result: TurnResult,
  { sessionId, userMessageId, replyId }: Places,
): Promise<string | null> {
  const { messages } = tables;
  const { requestId, state, text, tokens } = result;
  if (state !== 'failed' && text.trim() !== '') {
    // A continuation that said nothing leaves the reply what it was.
    const isNew = or(eq(messages.state, 'running'), ne(messages.content, text));
    await query
      .update(messages)
      .set({ content: text, state, tokens })
      .where(and(eq(messages.id, replyId), isNew));
    return replyId;
  }
  const [question] = await query
    .select({ content: messages.content, parent: messages.parent })
    .from(messages)
    .where(eq(messages.id, userMessageId));
  if (state === 'failed') {
    const out = { sessionId, ids: [userMessageId, replyId], parent: question?.parent ?? null };
    await takeOut(query, tables, out);
  } else {
    await takeOut(query, tables, { sessionId, ids: [replyId], parent: userMessageId });
  }
  const failedText = state === 'failed' ? (question?.content ?? '') : null;
  await query
    .update(tables.turns)
    .set({ replyId: null, failedText })
    .where(eq(tables.turns.requestId, requestId));
  return null;
}

/**
 * Without a session the text batches are the only copy; whoever sends the same key again gets them. A turn that was
 * broken off before its first word has nothing to give: the same key may begin another.
 */
async function keepForKey(
  query: Queries,
  tables: Tables,
  { requestId, state, text }: TurnResult,
): Promise<void> {
  const { turnEvents } = tables;
  await query.delete(turnEvents).where(eq(turnEvents.requestId, requestId));
  if (text.trim() !== '') {
    await query.insert(turnEvents).values({ requestId, offset: 0, text });
  } else if (state !== 'failed') {
    await freeKey(query, tables, requestId);
  }
}

async function freeKey(query: Queries, { turns }: Tables, requestId: string): Promise<void> {
  await query.update(turns).set({ idempotencyKey: null }).where(eq(turns.requestId, requestId));
}

async function endBefore(query: Queries, tables: Tables, result: TurnResult): Promise<TurnEnd> {
  const { turns } = tables;
  const [turn] = await query
    .select({
      state: turns.state,
      sessionId: turns.sessionId,
      replyId: turns.replyId,
      usage: turns.usage,
      failure: turns.failure,
      omitted: turns.omitted,
    })
    .from(turns)
    .where(eq(turns.requestId, result.requestId));
  const { state, usage, failure } = result;
  if (!turn || turn.state === 'running') return { state, replyId: null, usage, failure };
  const { sessionId, replyId } = turn;
  if (turn.state === 'interrupted' && sessionId !== null && replyId !== null) {
    const added = await addLateText(query, tables, result, { sessionId, replyId });
    if (added) return { state, replyId, usage, failure };
  }
  const { sessionId: _, ...end } = turn;
  return { ...end, state: turn.state };
}

/**
 * The process of this turn was silent and taken for dead, and has more of the reply than was stored. It is lost only
 * when another turn has gone on with the reply.
 */
async function addLateText(
  query: Queries,
  tables: Tables,
  { requestId, state, text, failure, usage, omitted, tokens, firstTokenMs, now }: TurnResult,
  { sessionId, replyId }: { sessionId: string; replyId: string },
): Promise<boolean> {
  const { turns, messages, sessions } = tables;
  // First the session, which a continuation holds too.
  await query.update(sessions).set(changed(tables, now)).where(eq(sessions.id, sessionId));
  const [reply] = await query
    .select({ content: messages.content })
    .from(messages)
    .where(and(eq(messages.id, replyId), eq(messages.turn, requestId)));
  if (state === 'failed' || !reply || text.length <= reply.content.length) return false;
  await query
    .update(messages)
    .set({ content: text, state, tokens })
    .where(eq(messages.id, replyId));
  await query
    .update(turns)
    .set({ state, failure, usage, omitted, firstTokenMs, endedAt: now })
    .where(eq(turns.requestId, requestId));
  return true;
}
