import { and, eq, ne } from 'drizzle-orm';
import type { TurnResult } from '@/lib/chat/turn/turn-store';
import type { Message } from '@/lib/sessions/message';
import type { Queries, Tables } from '@/db/engine/client';
import { detach } from '@/db/messages/messages';

interface Places {
  readonly sessionId: string;
  readonly userMessageId: string;
  readonly replyId: string;
  /** What the session showed last before the turn. */
  readonly headBefore: string | null;
}

/**
 * Removes a turn with an empty reply from the conversation. Returns the change in the number of messages. The user text
 * of a failed turn is kept outside the conversation, and counts. A user message with another reply stays.
 */
export async function removeEmptyTurn(
  query: Queries,
  tables: Tables,
  { requestId, state }: TurnResult,
  { sessionId, userMessageId, replyId, headBefore }: Places,
): Promise<number> {
  const { messages, turns } = tables;
  const [question] = await query
    .select({ content: messages.content, parent: messages.parent, turn: messages.turn })
    .from(messages)
    .where(eq(messages.id, userMessageId));
  const isOwn = question?.turn === requestId;
  const goes =
    state === 'failed' &&
    isOwn &&
    !(await hasOtherReply(query, tables, { userMessageId, replyId }));
  const parent = goes ? question.parent : userMessageId;
  const taken = await detach(query, tables, {
    sessionId,
    ids: goes ? [userMessageId, replyId] : [replyId],
    parent,
    shown: goes || !isOwn ? [headBefore, parent] : [parent],
  });
  const failedText = goes ? question.content : null;
  await query
    .update(turns)
    .set({ replyId: null, failedText })
    .where(eq(turns.requestId, requestId));
  return -taken;
}

async function hasOtherReply(
  query: Queries,
  { messages }: Tables,
  { userMessageId, replyId }: Pick<Places, 'userMessageId' | 'replyId'>,
): Promise<boolean> {
  const [other]: Pick<Message, 'id'>[] = await query
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.parent, userMessageId), ne(messages.id, replyId)))
    .limit(1);
  return other !== undefined;
}
