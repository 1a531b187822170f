import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Memory, MemoryStore } from '@/lib/sessions/memory';
import type { Session } from '@/lib/sessions/session';
import type { Bounds } from './bounds';
import type { Db, Queries, Tables } from './client';
import { dropRevisions, newestRevisions, revise } from './memory-revisions';
import { keepMore, settle } from './owner-quota';
import { changed, checkSeen, owned, ownedSession, touchSession } from './session-row';

const memoryOf = ({ memory, memoryEnabled: enabled, updatedAt }: Session): Memory => ({
  memory,
  enabled,
  updatedAt,
});

export function memoryStore(db: Db, bounds: Bounds): MemoryStore {
  const { tables } = db;
  const { sessions } = tables;
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
          const bytes = await revise(query, tables, { ...revision, author: 'user' });
          await grow(query, tables, sessionId, bytes);
          if (bytes > 0) await keepMore(query, tables, bounds, { owner, bytes, now });
          else await settle(query, tables, owner, { bytes });
        }
        return memoryOf(edited ?? before);
      }),

    merge: (input) => db.transaction((query) => mergeMemory(query, tables, input)),

    forgetAll: (owner, sessionId, now) =>
      db.transaction(async (query) => {
        await touchSession(query, tables, { owner, id: sessionId, now });
        await query
          .update(sessions)
          .set({ memory: null })
          .where(owned(tables, owner, sessionId));
        const bytes = -(await dropRevisions(query, tables, sessionId));
        await grow(query, tables, sessionId, bytes);
        await settle(query, tables, owner, { bytes });
      }),

    revisions: (owner, sessionId, limit) =>
      db.read(async (query) => {
        await ownedSession(query, tables, owner, sessionId);
        return newestRevisions(query, tables, sessionId, limit);
      }),
  };
}

async function mergeMemory(
  query: Queries,
  tables: Tables,
  { sessionId, previous, text, turn, revisionId, now }: Parameters<MemoryStore['merge']>[0],
): Promise<boolean> {
  const { sessions } = tables;
  const [merged] = await query
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
    .returning({ owner: sessions.owner });
  if (!merged) return false;
  const revision = { id: revisionId, sessionId, text, turn, createdAt: now };
  const bytes = await revise(query, tables, { ...revision, author: 'model' });
  await grow(query, tables, sessionId, bytes);
  await settle(query, tables, merged.owner, { bytes });
  return true;
}

/** Counts how much longer the memories of a session have become. */
async function grow(
  query: Queries,
  { sessions }: Tables,
  sessionId: string,
  bytes: number,
): Promise<void> {
  await query
    .update(sessions)
    .set({ bytes: sql`${sessions.bytes} + ${bytes}` })
    .where(eq(sessions.id, sessionId));
}
