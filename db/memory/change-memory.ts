import { and, eq, lte } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import type { ChangeMemory, MemoryStore } from '@/lib/sessions/memory/memory';
import { linesOf, withoutLine } from '@/lib/sessions/memory/lines';
import { pinnedLines } from '@/lib/sessions/memory/pinned-text';
import { undoChange } from '@/lib/sessions/memory/undo-change';
import type { Session } from '@/lib/sessions/session';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { writeMemory } from './memory';
import { lockSession } from '@/db/sessions/session-row';
import { revisionsBefore } from './memory-history';

type ConflictReason = 'no-such-line' | 'not-undoable' | 'no-longer-kept' | 'memory-full';

const conflict = (reason: ConflictReason) => new AppError({ kind: 'conflict', reason });

/** Changes of single lines, and undo. */
export function memoryChanges(db: Db, bounds: Bounds): Pick<MemoryStore, 'change'> {
  const { tables } = db;
  return {
    change: ({ owner, sessionId, change, maxChars, version, revisionId, now }) =>
      db.transaction(async (query) => {
        const before = await lockSession(query, tables, { owner, id: sessionId, version, now });
        const written = await changed(query, tables, before, change);
        const { text } = written;
        const had = before.memory?.length ?? 0;
        if (text !== null && text.length > Math.max(maxChars, had)) throw conflict('memory-full');
        return writeMemory(query, tables, bounds, { before, ...written, revisionId, now });
      }),
  };
}

/** The new text and the pinned lines. */
async function changed(
  query: Queries,
  tables: Tables,
  { id, memory, memoryPinned }: Session,
  { kind, value }: ChangeMemory,
): Promise<{ text: string | null; pinned: readonly string[] }> {
  const pinned = pinnedLines(memoryPinned);
  if (kind === 'unpin') return { text: memory, pinned: pinned.filter((line) => line !== value) };
  if (kind === 'pin') {
    if (!linesOf(memory).some((line) => line.trim() === value)) throw conflict('no-such-line');
    return { text: memory, pinned: [...pinned, value] };
  }
  if (kind === 'undo') return { text: await undone(query, tables, id, memory, value), pinned };
  const text = withoutLine(memory, value);
  if (text === undefined) throw conflict('no-such-line');
  return { text, pinned };
}

async function undone(
  query: Queries,
  tables: Tables,
  sessionId: string,
  memory: string | null,
  revisionId: string,
): Promise<string | null> {
  const { memoryRevisions } = tables;
  const [place] = await query
    .select({ seq: memoryRevisions.seq })
    .from(memoryRevisions)
    .where(and(eq(memoryRevisions.sessionId, sessionId), eq(memoryRevisions.id, revisionId)));
  if (!place) throw new AppError({ kind: 'not-found', reason: 'revision' });
  const [revision] = await revisionsBefore(query, tables, {
    sessionId,
    limit: 1,
    where: lte(memoryRevisions.seq, place.seq),
  });
  if (revision?.before === undefined) throw conflict('no-longer-kept');
  const text = undoChange({ before: revision.before, after: revision.text }, memory);
  if (text === undefined) throw conflict('not-undoable');
  return text;
}
