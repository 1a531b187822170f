import { and, desc, eq, isNull, max } from 'drizzle-orm';
import type { Memory, MemoryRevision, MemoryStore } from '@/lib/sessions/memory';
import type { Session } from '@/lib/sessions/session';
import type { Db, Queries, Tables } from './client';
import { changed, checkSeen, owned, ownedSession, touchSession } from './session-row';

const memoryOf = ({ memory, memoryEnabled: enabled, updatedAt }: Session): Memory => ({
  memory,
  enabled,
  updatedAt,
});

export function memoryStore(db: Db): MemoryStore {
  const { tables } = db;
  const { sessions, memoryRevisions } = tables;
  return {
    get: (owner, sessionId) =>
      db.read(async (query) => memoryOf(await ownedSession(query, tables, owner, sessionId))),

    edit: ({ owner, sessionId, edit, version, seen, revisionId, now }) =>
      db.transaction(async (query) => {
        const before = await touchSession(query, tables, { owner, id: sessionId, version, now });
        checkSeen(seen, before.memory);
        const text = edit.memory === undefined ? before.memory : edit.memory;
        const [edited] = await query
          .update(sessions)
          .set({ memory: text, memoryEnabled: edit.enabled ?? before.memoryEnabled })
          .where(owned(tables, owner, sessionId))
          .returning();
        if (text !== before.memory) {
          const revision = { id: revisionId, sessionId, text, turn: null, createdAt: now };
          await revise(query, tables, { ...revision, author: 'user' });
        }
        return memoryOf(edited ?? before);
      }),

    merge: ({ sessionId, previous, text, turn, revisionId, now }) =>
      db.transaction(async (query) => {
        const merged = await query
          .update(sessions)
          .set({ memory: text, ...changed(tables, now) })
          .where(
            and(
              eq(sessions.id, sessionId),
              previous === null ? isNull(sessions.memory) : eq(sessions.memory, previous),
              eq(sessions.memoryEnabled, true),
              isNull(sessions.deletedAt),
            ),
          )
          .returning({ id: sessions.id });
        if (merged.length === 0) return false;
        const revision = { id: revisionId, sessionId, text, turn, createdAt: now };
        await revise(query, tables, { ...revision, author: 'model' });
        return true;
      }),

    revisions: (owner, sessionId, limit) =>
      db.read(async (query) => {
        await ownedSession(query, tables, owner, sessionId);
        return query
          .select({
            id: memoryRevisions.id,
            sessionId: memoryRevisions.sessionId,
            text: memoryRevisions.text,
            author: memoryRevisions.author,
            turn: memoryRevisions.turn,
            createdAt: memoryRevisions.createdAt,
          })
          .from(memoryRevisions)
          .where(eq(memoryRevisions.sessionId, sessionId))
          .orderBy(desc(memoryRevisions.seq))
          .limit(limit);
      }),
  };
}

/** The session's row is locked by the update before it, so the next number is free. */
async function revise(
  query: Queries,
  { memoryRevisions }: Tables,
  revision: MemoryRevision,
): Promise<void> {
  const [newest] = await query
    .select({ seq: max(memoryRevisions.seq) })
    .from(memoryRevisions)
    .where(eq(memoryRevisions.sessionId, revision.sessionId));
  await query.insert(memoryRevisions).values({ ...revision, seq: (newest?.seq ?? 0) + 1 });
}
