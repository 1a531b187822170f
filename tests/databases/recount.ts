import { eq, inArray } from 'drizzle-orm';
import type { Db } from '@/db/engine/client';

const bytes = (texts: readonly (string | null)[]) =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);

/** An owner's usage, counted in the tables, and the store's running counts. */
export const recount = (db: Db, owner: string) =>
  db.read(async (query) => {
    const { owners, sessions, messages, turns, memoryRevisions, promptTexts } = db.tables;
    const kept = await query.select().from(sessions).where(eq(sessions.owner, owner));
    const ids = kept.map(({ id }) => id);
    const said = await query.select().from(messages).where(inArray(messages.sessionId, ids));
    const stored = await query.select().from(turns).where(inArray(turns.sessionId, ids));
    const remembered = await query
      .select()
      .from(memoryRevisions)
      .where(inArray(memoryRevisions.sessionId, ids));
    const sent = await query.select().from(promptTexts).where(inArray(promptTexts.sessionId, ids));
    const [counted] = await query.select().from(owners).where(eq(owners.owner, owner));
    const bytesIn = (id: string) =>
      bytes([
        ...said
          .filter(({ sessionId }) => sessionId === id)
          .map(({ content, parts }) => content + (parts ? JSON.stringify(parts) : '')),
        ...stored.filter(({ sessionId }) => sessionId === id).map(({ failedText }) => failedText),
        ...remembered.filter(({ sessionId }) => sessionId === id).map(({ text }) => text),
        ...sent.filter(({ sessionId }) => sessionId === id).map(({ text }) => text),
      ]);
    return {
      counted: counted && {
        sessions: counted.sessions,
        messages: counted.messages,
        bytes: counted.bytes,
        bySession: kept.map((session) => [session.id, session.bytes]),
      },
      found: {
        sessions: kept.length,
        messages: said.length,
        bytes: kept.reduce((sum, { id }) => sum + bytesIn(id), 0),
        bySession: kept.map(({ id }) => [id, bytesIn(id)]),
      },
    };
  });
