import { and, asc, eq, inArray, ne, sql, type SQLWrapper } from 'drizzle-orm';
import type { Message } from '@/lib/sessions/message';
import { openingOf } from '@/lib/sessions/session';
import type { MessageStore } from '@/lib/sessions/session-store';
import type { Bounds } from '@/db/quotas/bounds';
import { branchIds, headOf, parentOf, WHOLE } from './branch';
import { branchPages } from './branch-pages';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { utf8Bytes, addToQuota } from '@/db/quotas/owner-quota';
import { owned, ownedSession, lockSession } from '@/db/sessions/session-row';
import { endUnder, openingOn } from './tree';

export function messageStore(db: Db, bounds: Bounds): MessageStore {
  const { tables } = db;
  return {
    append: ({ owner, sessionId, id, message, now }) =>
      db.transaction(async (query) => {
        const session = await lockSession(query, tables, { owner, id: sessionId, now });
        const seq = session.lastSeq + 1;
        const opening = message.role === 'user' ? openingOf(message.content) : null;
        const bytes = utf8Bytes(message.content);
        await query
          .update(tables.sessions)
          .set({
            head: id,
            lastSeq: seq,
            opening: session.opening ?? opening,
            bytes: session.bytes + bytes,
            lastActivity: now,
            archivedAt: null,
          })
          .where(owned(tables, owner, sessionId));
        const row: Message = {
          id,
          sessionId,
          seq,
          parent: session.head,
          role: message.role,
          content: message.content,
          parts: null,
          state: 'complete',
          finish: null,
          model: null,
          tokens: message.tokens ?? null,
          usage: null,
          firstTokenMs: null,
          totalMs: null,
          thoughtMs: null,
          turn: null,
          createdAt: now,
        };
        await query.insert(tables.messages).values(row);
        await addToQuota(query, tables, bounds, { owner, messages: 1, bytes, now });
        return row;
      }),

    pages: (part) => branchPages(db, part),

    modelOf: (owner, sessionId, id) =>
      db.read((query) => modelOf(query, tables, { owner, sessionId, id })),

    branch: ({ owner, sessionId, limit, before }) =>
      db.read(async (query) => {
        await ownedSession(query, tables, owner, sessionId);
        const end =
          before === undefined
            ? headOf(query, tables, sessionId)
            : parentOf(query, tables, sessionId, before);
        return readBranch(query, tables, end, limit ?? WHOLE);
      }),
  };
}

async function modelOf(
  query: Queries,
  tables: Tables,
  { owner, sessionId, id }: { owner: string; sessionId: string; id: string },
): Promise<string | null> {
  await ownedSession(query, tables, owner, sessionId);
  const { messages } = tables;
  const [message] = await query
    .select({ model: messages.model })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.sessionId, sessionId)));
  return message?.model ?? null;
}

/** The branch that ends with `head`, in order, without replies being written. */
function readBranch(
  query: Queries,
  tables: Tables,
  head: string | SQLWrapper,
  limit: number | SQLWrapper,
) {
  const { messages } = tables;
  return query
    .select()
    .from(messages)
    .where(and(inArray(messages.id, branchIds(tables, head, limit)), ne(messages.state, 'running')))
    .orderBy(asc(messages.seq));
}

/**
 * The context of a prompt up to a head; to be prepared with `head`, `limit`, and `chars`, how much of each message to
 * read.
 */
export const contextBefore = (query: Queries, tables: Tables) => {
  const { messages } = tables;
  const ids = branchIds(tables, sql.placeholder('head'), sql.placeholder('limit'));
  const content = sql<string>`substr(${messages.content}, 1, ${sql.placeholder('chars')})`;
  return query
    .select({ seq: messages.seq, role: messages.role, content })
    .from(messages)
    .where(and(inArray(messages.id, ids), ne(messages.state, 'running')))
    .orderBy(asc(messages.seq));
};

interface Detached {
  readonly sessionId: string;
  readonly ids: string[];
  /** What their successors follow instead. */
  readonly parent: string | null;
  /** Where to look for a branch to show, if theirs was shown; the first that is there. */
  readonly shown: readonly (string | null)[];
}

/** Removes messages from the conversation. Returns how many were removed. */
export async function detach(
  query: Queries,
  tables: Tables,
  { sessionId, ids, parent, shown }: Detached,
): Promise<number> {
  const { messages, sessions } = tables;
  await query.update(messages).set({ parent }).where(inArray(messages.parent, ids));
  const taken = await query
    .delete(messages)
    .where(inArray(messages.id, ids))
    .returning({ id: messages.id });
  const ofSession = eq(sessions.id, sessionId);
  const [session] = await query.select({ head: sessions.head }).from(sessions).where(ofSession);
  if (!session) return taken.length;
  const moves = session.head !== null && ids.includes(session.head);
  const head = moves ? await endUnder(query, tables, sessionId, shown) : session.head;
  // When the first message is removed, the opening must not keep its text.
  if (moves || parent === null) {
    const opening = await openingOn(query, tables, sessionId, head);
    await query.update(sessions).set({ head, opening }).where(ofSession);
  }
  return taken.length;
}
