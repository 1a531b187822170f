import { and, eq, sql } from 'drizzle-orm';
import type { TurnEnd } from '@/lib/chat/turn/events';
import type { TurnResult } from '@/lib/chat/turn/turn-store';
import type { Queries, Tables } from '@/db/engine/client';
import { lengthOfAll } from '@/lib/reply/entry';
import { entriesOf, storedReply } from '@/lib/reply/parts';
import { finishOf } from '@/lib/chat/turn/events';
import { messageBytes, adjustQuota } from '@/db/quotas/owner-quota';
import { versionBump } from '@/db/sessions/session-row';
import { dropEntries } from './turn-entries';

/** Ends a turn that has already ended. Returns the stored end, plus any text that only this end has. */
export async function endAgain(
  query: Queries,
  tables: Tables,
  result: TurnResult,
): Promise<TurnEnd> {
  const { turns } = tables;
  const [turn] = await query
    .select({
      owner: turns.owner,
      state: turns.state,
      sessionId: turns.sessionId,
      replyId: turns.replyId,
      usage: turns.usage,
      failure: turns.failure,
      omitted: turns.omitted,
      thoughtMs: turns.thoughtMs,
    })
    .from(turns)
    .where(eq(turns.requestId, result.requestId));
  const { state, usage, failure } = result;
  if (!turn || turn.state === 'running') return { state, replyId: null, usage, failure };
  const { owner, sessionId, replyId } = turn;
  // Written after the other end.
  if (sessionId !== null) await dropEntries(query, tables, result.requestId);
  if (turn.state === 'interrupted' && sessionId !== null && replyId !== null) {
    const added = await addLateText(query, tables, result, { owner, sessionId, replyId });
    if (added) return { state, replyId, usage, failure };
  }
  const { owner: _owner, sessionId: _sessionId, ...end } = turn;
  return { ...end, state: turn.state };
}

/**
 * This turn's process was considered dead but has more text than was stored. The text is lost only when another turn
 * has continued the reply.
 */
async function addLateText(
  query: Queries,
  tables: Tables,
  result: TurnResult,
  { owner, sessionId, replyId }: { owner: string; sessionId: string; replyId: string },
): Promise<boolean> {
  const { requestId, state, entries, failure, usage, omitted, tokens } = result;
  const { thoughtMs = null, firstTokenMs, prompt, now } = result;
  const { turns, messages, sessions } = tables;
  // The session first, which a continuation locks too.
  await query.update(sessions).set(versionBump(tables, now)).where(eq(sessions.id, sessionId));
  const [reply] = await query
    .select({ content: messages.content, parts: messages.parts })
    .from(messages)
    .where(and(eq(messages.id, replyId), eq(messages.turn, requestId)));
  if (state === 'failed' || !reply) return false;
  if (lengthOfAll(entries) <= lengthOfAll(entriesOf(reply))) return false;
  const whole = storedReply(entries);
  // These facts cover this turn only: a continued reply loses those of its earlier turns.
  const facts = { usage: tokens === null ? null : usage, firstTokenMs, totalMs: null, thoughtMs };
  await query
    .update(messages)
    .set({ ...whole, state, tokens, ...facts, finish: finishOf(failure) })
    .where(eq(messages.id, replyId));
  await query
    .update(turns)
    .set({
      state,
      failure,
      usage,
      omitted,
      thoughtMs,
      firstTokenMs,
      endedAt: now,
      ...(prompt && { prompt }),
    })
    .where(eq(turns.requestId, requestId));
  const bytes = messageBytes(whole) - messageBytes(reply);
  await query
    .update(sessions)
    .set({
      bytes: sql`${sessions.bytes} + ${bytes}`,
      tokens: sql`${sessions.tokens} + ${usage?.total_tokens ?? 0}`,
      contextTokens: usage?.total_tokens,
    })
    .where(eq(sessions.id, sessionId));
  await adjustQuota(query, tables, owner, { bytes });
  return true;
}
