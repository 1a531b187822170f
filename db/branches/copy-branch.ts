import { randomUUID } from 'node:crypto';
import { asc, inArray } from 'drizzle-orm';
import type { PromptRecord } from '@/lib/chat/turn/prompt-record';
import type { Message } from '@/lib/sessions/message';
import type { Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { copyTexts, keptIds } from '@/db/prompts/texts/prompt-texts';
import { byteLengthOfMessage, messageBytes } from '@/db/quotas/owner-quota';
import { branchIds, WHOLE } from '@/db/messages/branch';

/** The ids and sizes of the branch up to a message, in order, without replies being written. */
export async function outlineTo(query: Queries, tables: Tables, id: string) {
  const { messages } = tables;
  const rows = await query
    .select({ id: messages.id, state: messages.state, bytes: byteLengthOfMessage(tables) })
    .from(messages)
    .where(inArray(messages.id, branchIds(tables, id, WHOLE)))
    .orderBy(asc(messages.seq));
  return rows.filter(({ state }) => state !== 'running');
}

/** What was copied so far. */
export interface Copied {
  readonly head: string | null;
  readonly lastSeq: number;
  readonly messages: number;
  readonly bytes: number;
  readonly contextTokens: number | null;
}

/**
 * Copies messages of one branch into another session, page by page and in order, each after the one before. With a
 * reply comes its turn, under a new id: it says how the reply ended, and lets it be continued.
 */
export function branchCopier(query: Queries, tables: Tables, sessionId: string) {
  const turnIds = new Map<string, string>();
  let copied: Copied = { head: null, lastSeq: 0, messages: 0, bytes: 0, contextTokens: null };

  const copyOf = (message: Message): Message => {
    const id = randomUUID();
    const turn = message.turn === null ? null : (turnIds.get(message.turn) ?? randomUUID());
    if (turn !== null && message.turn !== null) turnIds.set(message.turn, turn);
    const copy = { ...message, id, sessionId, parent: copied.head, turn };
    copied = {
      head: id,
      lastSeq: message.seq,
      messages: copied.messages + 1,
      bytes: copied.bytes + messageBytes(message),
      contextTokens: message.usage?.total_tokens ?? copied.contextTokens,
    };
    return copy;
  };

  return {
    done: () => copied,
    async page(ids: readonly string[]): Promise<void> {
      const { messages } = tables;
      const page = await query
        .select()
        .from(messages)
        .where(inArray(messages.id, padded(ids)))
        .orderBy(asc(messages.seq));
      const copies = page.map(copyOf);
      await query.insert(messages).values(copies);
      const texts = (await copyTurns(query, tables, page, copies)).flatMap(keptIds);
      const from = page[0]?.sessionId ?? sessionId;
      const bytes = await copyTexts(query, tables, { from, to: sessionId, ids: texts });
      copied = { ...copied, bytes: copied.bytes + bytes };
    },
  };
}

/** Copies the turns that wrote these replies. Returns what their models saw. A key stays with the turn that it began. */
async function copyTurns(
  query: Queries,
  { turns }: Tables,
  page: readonly Message[],
  copies: readonly Message[],
): Promise<PromptRecord[]> {
  const replies = copies.flatMap((copy, at) => {
    const turn = page[at]?.turn;
    return copy.role === 'assistant' && turn ? [{ copy, turn }] : [];
  });
  if (replies.length === 0) return [];
  const ids = padded(replies.map(({ turn }) => turn));
  const rows = await query.select().from(turns).where(inArray(turns.requestId, ids));
  const originals = new Map(rows.map((row) => [row.requestId, row]));
  const ended = replies.flatMap(({ copy, turn }) => {
    const original = originals.get(turn);
    if (!original || original.state === 'running' || copy.turn === null) return [];
    const { id: replyId, parent: userMessageId, turn: requestId, sessionId } = copy;
    const places = { requestId, sessionId, userMessageId, replyId, parent: null, headBefore: null };
    return [{ ...original, ...places, idempotencyKey: null, bodyHash: null }];
  });
  if (ended.length > 0) await query.insert(turns).values(ended);
  return ended.flatMap(({ prompt }) => prompt ?? []);
}
