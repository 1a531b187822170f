import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { PromptRecord } from '@/lib/chat/turn/prompt-record';
import type { PromptStore, StoredPrompt } from '@/lib/chat/turn/prompt-store';
import { messageNotFound } from '@/lib/errors';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { keptIds } from './texts/prompt-texts';
import { ownedSession } from '@/db/sessions/session-row';

/** A reply that was continued again and again has more. */
const REQUESTS_MAX = 20;

export function promptStore(db: Db): PromptStore {
  const { tables } = db;
  const { messages, turns } = tables;
  return {
    of: (owner, sessionId, messageId) =>
      db.read(async (query) => {
        const { id } = await ownedSession(query, tables, owner, sessionId);
        const [message] = await query
          .select({ id: messages.id })
          .from(messages)
          .where(and(eq(messages.id, messageId), eq(messages.sessionId, id)));
        if (!message) throw messageNotFound();
        const rows = await query
          .select({
            requestId: turns.requestId,
            createdAt: turns.createdAt,
            usage: turns.usage,
            prompt: turns.prompt,
          })
          .from(turns)
          .where(
            and(eq(turns.sessionId, id), eq(turns.replyId, messageId), isNotNull(turns.prompt)),
          )
          .orderBy(desc(turns.createdAt))
          .limit(REQUESTS_MAX);
        const found: StoredPrompt[] = [];
        for (const { prompt, ...turn } of rows.toReversed())
          if (prompt)
            found.push({ ...turn, record: prompt, ...(await namedIn(query, tables, id, prompt)) });
        return found;
      }),
  };
}

/** The stored texts that a record names. */
async function namedIn(
  query: Queries,
  { promptTexts, messages }: Tables,
  sessionId: string,
  record: PromptRecord,
): Promise<Pick<StoredPrompt, 'texts' | 'contents'>> {
  const ids = keptIds(record);
  const seqs = record.messages.flatMap(([, ...pieces]) =>
    pieces.flatMap((piece) => (Array.isArray(piece) ? [piece[0]] : [])),
  );
  const texts = await query
    .select({ id: promptTexts.id, text: promptTexts.text })
    .from(promptTexts)
    .where(and(eq(promptTexts.sessionId, sessionId), inArray(promptTexts.id, padded(ids))));
  const contents = await query
    .select({ seq: messages.seq, content: messages.content })
    .from(messages)
    .where(and(eq(messages.sessionId, sessionId), inArray(messages.seq, padded(seqs))));
  return {
    texts: new Map(texts.map(({ id, text }) => [id, text])),
    contents: new Map(contents.map(({ seq, content }) => [seq, content])),
  };
}
