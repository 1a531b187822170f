import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { messageNotFound } from '@/lib/errors';
import type { BranchStore } from '@/lib/sessions/branches/branch-store';
import type { Session } from '@/lib/sessions/session';
import type { Db, Queries, Tables } from '@/db/engine/client';
import type { Bounds } from '@/db/quotas/bounds';
import { addToQuota } from '@/db/quotas/owner-quota';
import { inPages } from '@/db/messages/branch-pages';
import { revise } from '@/db/memory/memory-revisions';
import { owned, ownedSession } from '@/db/sessions/session-row';
import { openingOn } from '@/db/messages/tree';
import { branchCopier, outlineTo, type Copied } from './copy-branch';

type Fork = Parameters<BranchStore['fork']>[0];

/**
 * One transaction, so that nothing half done is ever seen. It holds the writer of SQLite while it copies, but other work
 * of the process runs between its pages.
 */
export function forkSession(db: Db, bounds: Bounds, fork: Fork): Promise<Session> {
  const { tables } = db;
  const { owner, id, messageId, newId, now } = fork;
  return db.transaction(async (query) => {
    const source = await ownedSession(query, tables, owner, id);
    if (!(await hasMessage(query, tables, fork))) throw messageNotFound();
    const begun = await query
      .insert(tables.sessions)
      .values(forkedRow(source, fork))
      .onConflictDoNothing()
      .returning({ id: tables.sessions.id });
    // It was made by the same request before.
    if (begun.length === 0) return ownedSession(query, tables, owner, newId);
    const copy = branchCopier(query, tables, newId);
    for (const ids of inPages(await outlineTo(query, tables, messageId))) {
      await copy.page(ids);
      await setImmediate();
    }
    const { memory } = source;
    const revision = { id: randomUUID(), sessionId: newId, text: memory, turn: null };
    const remembered =
      memory === null
        ? 0
        : await revise(query, tables, { ...revision, author: 'user', createdAt: now }, null);
    const bytes = copy.done().bytes + remembered;
    const forked = await finish(query, tables, fork, { ...copy.done(), bytes });
    const { messages } = copy.done();
    await addToQuota(query, tables, bounds, { owner, sessions: 1, messages, bytes, now });
    return forked;
  });
}

/** It gets the current memory. Forgotten messages stay forgotten: the copies keep their `seq`. */
function forkedRow(source: Session, { owner, newId, now }: Fork) {
  const { title, memory, memoryPinned, memoryEnabled, forgottenSeq, tags } = source;
  const { systemPrompt, model, temperature, maxTokens } = source;
  const remembered = { memory, memoryPinned, memoryEnabled, forgottenSeq };
  const settings = { systemPrompt, model, temperature, maxTokens };
  const taken = { title, ...remembered, ...settings, tags };
  return { id: newId, owner, ...taken, lastActivity: now, createdAt: now, updatedAt: now };
}

async function hasMessage(
  query: Queries,
  { messages }: Tables,
  { id, messageId }: Fork,
): Promise<boolean> {
  const found = await query
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.sessionId, id)));
  return found.length > 0;
}

async function finish(
  query: Queries,
  tables: Tables,
  { owner, newId }: Fork,
  { head, lastSeq, contextTokens, bytes }: Copied,
): Promise<Session> {
  const opening = await openingOn(query, tables, newId, head);
  await query
    .update(tables.sessions)
    .set({ head, lastSeq, opening, bytes, contextTokens })
    .where(owned(tables, owner, newId));
  return ownedSession(query, tables, owner, newId);
}
