import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm';
import type { Memory, MemoryStore } from '@/lib/sessions/memory/memory';
import { keptPins, onlyForgets } from '@/lib/sessions/memory/lines';
import { pinnedLines, pinnedText } from '@/lib/sessions/memory/pinned-text';
import type { Session } from '@/lib/sessions/session';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { dropRevisions, revise } from './memory-revisions';
import { forgetTexts } from '@/db/prompts/texts/prompt-texts';
import { indexSession } from '@/db/search/write-index';
import { addToQuota, adjustQuota } from '@/db/quotas/owner-quota';
import { isShown } from '@/db/messages/tree';
import {
  versionBump,
  checkExpected,
  oneOrNotFound,
  owned,
  ownedSession,
  lockSession,
} from '@/db/sessions/session-row';

const memoryIn = ({
  memory,
  memoryPinned,
  memoryEnabled: enabled,
  updatedAt,
}: Session): Memory => ({
  memory,
  pinned: pinnedLines(memoryPinned),
  enabled,
  updatedAt,
});

export function memoryStore(db: Db, bounds: Bounds): Omit<MemoryStore, 'change' | 'revisions'> {
  const { tables } = db;
  const { sessions } = tables;
  return {
    get: (owner, sessionId) =>
      db.read(async (query) => memoryIn(await ownedSession(query, tables, owner, sessionId))),

    edit: ({ owner, sessionId, edit, version, expected, revisionId, now }) =>
      db.transaction(async (query) => {
        const before = await lockSession(query, tables, { owner, id: sessionId, version, now });
        checkExpected(expected, before.memory);
        const text = edit.memory === undefined ? before.memory : edit.memory;
        return writeMemory(query, tables, bounds, {
          before,
          text,
          pinned: pinnedLines(before.memoryPinned),
          enabled: edit.enabled,
          forgets: edit.memory === null,
          revisionId,
          now,
        });
      }),

    toMerge: (exchange) =>
      db.read(async (query) => {
        const [session] = await query
          .select({ memory: sessions.memory, pinned: sessions.memoryPinned })
          .from(sessions)
          .where(toBeMerged(query, tables, exchange));
        return session ? { memory: session.memory, pinned: pinnedLines(session.pinned) } : null;
      }),

    merge: (input) => db.transaction((query) => mergeMemory(query, tables, input)),

    forgetAll: (owner, sessionId, now) =>
      db.transaction(async (query) => {
        await lockSession(query, tables, { owner, id: sessionId, now });
        await query
          .update(sessions)
          .set({ memory: null, memoryPinned: null, forgottenSeq: sessions.lastSeq })
          .where(owned(tables, owner, sessionId));
        await indexSession(query, tables, sessionId);
        const dropped = await dropRevisions(query, tables, sessionId);
        const bytes = -dropped - (await forgetTexts(query, tables, sessionId, 'memory'));
        await grow(query, tables, sessionId, bytes);
        await adjustQuota(query, tables, owner, { bytes });
      }),
  };
}

interface Write {
  /** Locked. */
  readonly before: Session;
  readonly text: string | null;
  /** A pin ends with its line. */
  readonly pinned: readonly string[];
  readonly enabled?: boolean | undefined;
  /** No exchange that began before is merged later; so it is when lines are only taken away. */
  readonly forgets?: boolean;
  readonly revisionId: string;
  readonly now: Date;
}

/** Writes what a person made of the memory, with a revision if its text changes. Throws `over-quota`. */
export async function writeMemory(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  { before, text, pinned, enabled = before.memoryEnabled, forgets = false, revisionId, now }: Write,
): Promise<Memory> {
  const { sessions } = tables;
  const { id: sessionId, owner } = before;
  const edited = await query
    .update(sessions)
    .set({
      memory: text,
      memoryPinned: pinnedText(keptPins(pinned, text)),
      memoryEnabled: enabled,
      forgottenSeq:
        forgets || onlyForgets(before.memory, text) ? before.lastSeq : before.forgottenSeq,
    })
    .where(owned(tables, owner, sessionId))
    .returning();
  if (text !== before.memory) {
    const revision = { id: revisionId, sessionId, text, turn: null, createdAt: now };
    const change = { ...revision, author: 'user' as const };
    const bytes = await revise(query, tables, change, before.memory);
    await grow(query, tables, sessionId, bytes);
    await indexSession(query, tables, sessionId);
    if (bytes > 0) await addToQuota(query, tables, bounds, { owner, bytes, now });
    else await adjustQuota(query, tables, owner, { bytes });
  }
  return memoryIn(oneOrNotFound(edited));
}

/**
 * Excludes turns that began, and questions asked, before the memory was forgotten: they would bring forgotten lines back.
 * Also excludes replies on a branch that is no longer shown.
 */
function toBeMerged(
  query: Queries,
  tables: Tables,
  { sessionId, turn }: { sessionId: string; turn: string },
) {
  const { sessions, messages, turns } = tables;
  const saidSince = query
    .select({ seq: messages.seq })
    .from(messages)
    .innerJoin(turns, eq(turns.replyId, messages.id))
    .where(
      and(
        eq(turns.requestId, turn),
        eq(messages.sessionId, sessions.id),
        gt(messages.seq, sessions.forgottenSeq),
        sql`(select question.seq from ${messages} question where question.id = ${turns.userMessageId}) > ${sessions.forgottenSeq}`,
        isShown(tables, sessionId, messages),
      ),
    );
  return and(
    eq(sessions.id, sessionId),
    eq(sessions.memoryEnabled, true),
    isNull(sessions.deletedAt),
    exists(saidSince),
  );
}

async function mergeMemory(
  query: Queries,
  tables: Tables,
  { sessionId, previous, text, turn, revisionId, now }: Parameters<MemoryStore['merge']>[0],
): Promise<boolean> {
  const { sessions } = tables;
  const pinned = pinnedText(previous.pinned);
  const [merged] = await query
    .update(sessions)
    .set({ memory: text, ...versionBump(tables, now) })
    .where(
      and(
        toBeMerged(query, tables, { sessionId, turn }),
        previous.memory === null ? isNull(sessions.memory) : eq(sessions.memory, previous.memory),
        pinned === null ? isNull(sessions.memoryPinned) : eq(sessions.memoryPinned, pinned),
      ),
    )
    .returning({ owner: sessions.owner });
  if (!merged) return false;
  const revision = { id: revisionId, sessionId, text, turn, createdAt: now };
  await indexSession(query, tables, sessionId);
  const change = { ...revision, author: 'model' as const };
  const bytes = await revise(query, tables, change, previous.memory);
  await grow(query, tables, sessionId, bytes);
  await adjustQuota(query, tables, merged.owner, { bytes });
  return true;
}

/** Adds to the session's size. */
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
