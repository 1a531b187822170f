import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Message } from '@/lib/sessions/message';
import { openingOf } from '@/lib/sessions/session';
import type { MessageStore } from '@/lib/sessions/session-store';
import { branchIds } from './branch';
import type { Db, Queries, Tables } from './client';
import { owned, ownedSession, touchSession } from './session-row';

/** Longer than any branch: a walk along `parent` ends at the first message. */
const WHOLE = 2 ** 31 - 1;

export function messageStore(db: Db): MessageStore {
  const { tables } = db;
  return {
    append: ({ owner, sessionId, id, message, now }) =>
      db.transaction(async (query) => {
        const session = await touchSession(query, tables, { owner, id: sessionId, now });
        const seq = session.lastSeq + 1;
        const opening = message.role === 'user' ? openingOf(message.content) : null;
        await query
          .update(tables.sessions)
          .set({ head: id, lastSeq: seq, opening: session.opening ?? opening, lastActivity: now })
          .where(owned(tables, owner, sessionId));
        const row: Message = {
          id,
          sessionId,
          seq,
          parent: session.head,
          role: message.role,
          content: message.content,
          state: 'complete',
          model: null,
          tokens: message.tokens ?? null,
          turn: null,
          createdAt: now,
        };
        await query.insert(tables.messages).values(row);
        return row;
      }),

    branch: ({ owner, sessionId, limit, before }) =>
      db.read(async (query) => {
        const session = await ownedSession(query, tables, owner, sessionId);
        const head =
          before === undefined ? session.head : await parentOf(query, tables, sessionId, before);
        return head === null ? [] : readBranch(query, tables, head, limit ?? WHOLE);
      }),
  };
}

/** The branch that ends with `head`, in order, without replies that are still being written. */
export function readBranch(
  query: Queries,
  tables: Tables,
  head: string,
  limit: number,
): Promise<Message[]> {
  const { messages } = tables;
  return query
    .select()
    .from(messages)
    .where(and(inArray(messages.id, branchIds(tables, head, limit)), ne(messages.state, 'running')))
    .orderBy(asc(messages.seq));
}

async function parentOf(
  query: Queries,
  { messages }: Tables,
  sessionId: string,
  id: string,
): Promise<string | null> {
  const [message] = await query
    .select({ parent: messages.parent })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.sessionId, sessionId)));
  return message?.parent ?? null;
}

/**
 * Takes messages out of the conversation: what hung on them hangs on `parent` from then on, and a head among them
 * moves there too.
 */
export async function takeOut(
  query: Queries,
  { messages, sessions }: Tables,
  { sessionId, ids, parent }: { sessionId: string; ids: string[]; parent: string | null },
): Promise<void> {
  await query.update(messages).set({ parent }).where(inArray(messages.parent, ids));
  await query
    .update(sessions)
    .set({ head: parent })
    .where(and(eq(sessions.id, sessionId), inArray(sessions.head, ids)));
  await query.delete(messages).where(inArray(messages.id, ids));
  // The first message is gone and nothing came after it: the session has no beginning any more.
  await query
    .update(sessions)
    .set({ opening: null })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.head)));
}
