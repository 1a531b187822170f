import { and, eq, exists, isNotNull, isNull, ne, notExists, or } from 'drizzle-orm';
import type { SessionStore } from '@/lib/sessions/session-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { indexSession } from '@/db/search/write-index';
import { versionBump } from './session-row';

/** Titles by the model. None replaces a title that is there. */
export function titles(db: Db): Pick<SessionStore, 'lacksTitle' | 'giveTitle'> {
  const { tables } = db;
  const { sessions, turns } = tables;
  return {
    lacksTitle: ({ sessionId, turn }) =>
      db.read(async (query) => {
        const found = await query
          .select({ id: sessions.id })
          .from(sessions)
          .innerJoin(turns, eq(turns.sessionId, sessions.id))
          .where(
            and(
              eq(turns.requestId, turn),
              isUntitled(tables, sessionId),
              ...onlyExchange(query, tables),
            ),
          );
        return found.length > 0;
      }),

    giveTitle: ({ sessionId, title, now }) =>
      db.transaction(async (query) => {
        const titled = await query
          .update(sessions)
          .set({ title, ...versionBump(tables, now) })
          .where(isUntitled(tables, sessionId))
          .returning({ id: sessions.id });
        if (titled.length === 0) return false;
        await indexSession(query, tables, sessionId);
        return true;
      }),
  };
}

const isUntitled = ({ sessions }: Tables, sessionId: string) =>
  and(eq(sessions.id, sessionId), isNull(sessions.title), isNull(sessions.deletedAt));

/** The turn's question begins the conversation, and has no other reply; no other message begins it. */
function onlyExchange(query: Queries, { sessions, messages, turns }: Tables) {
  const some = query.select({ id: messages.id }).from(messages);
  const begins = and(eq(messages.sessionId, sessions.id), isNull(messages.parent));
  const others = query
    .select({ id: messages.id })
    .from(messages)
    .where(
      or(
        and(begins, ne(messages.id, turns.userMessageId)),
        and(eq(messages.parent, turns.userMessageId), ne(messages.id, turns.replyId)),
      ),
    );
  return [
    exists(some.where(and(begins, eq(messages.id, turns.userMessageId)))),
    isNotNull(turns.replyId),
    notExists(others),
  ];
}
