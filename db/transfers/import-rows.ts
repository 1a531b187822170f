import { setImmediate } from 'node:timers/promises';
import { endOf, type Entry } from '@/lib/reply/entry';
import { contentOfPart, storedReply } from '@/lib/reply/parts';
import type { FileMessage, FileSession } from '@/lib/sessions/export/session-file';
import { REVISIONS_MAX } from '@/lib/sessions/memory/memory';
import { keptPins } from '@/lib/sessions/memory/lines';
import { pinnedText } from '@/lib/sessions/memory/pinned-text';
import type { Message } from '@/lib/sessions/message';
import { openingOf } from '@/lib/sessions/session';
import type { Queries, Tables } from '@/db/engine/client';
import { messageBytes, utf8Bytes } from '@/db/quotas/owner-quota';

/** Rows of one statement. SQLite blocks the event loop meanwhile. */
const ROWS = 100;

/** An id of the file is already in use; the transaction is rolled back. */
export class TakenId extends Error {}

/** Stores messages, each after its parent. Returns their bytes. Throws `TakenId`. */
export async function insertMessages(
  query: Queries,
  { messages }: Tables,
  rows: readonly Message[],
): Promise<number> {
  for (let at = 0; at < rows.length; at += ROWS) {
    const step = rows.slice(at, at + ROWS);
    const stored = await query
      .insert(messages)
      .values(step)
      .onConflictDoNothing()
      .returning({ id: messages.id });
    if (stored.length < step.length) throw new TakenId();
    await setImmediate();
  }
  return rows.reduce((sum, row) => sum + messageBytes(row), 0);
}

/** What came before the oldest of as many as are kept is unknown, so it is not the first. */
const firstNumber = (revisions: readonly unknown[]): number =>
  revisions.length < REVISIONS_MAX ? 1 : 2;

/** Stores revisions after those with a lower number. Returns their bytes. Throws `TakenId`. */
export async function insertRevisions(
  query: Queries,
  { memoryRevisions }: Tables,
  { id, memory_revisions: revisions }: FileSession,
): Promise<number> {
  if (revisions.length === 0) return 0;
  const rows = revisions.map(({ created_at: createdAt, ...revision }, index) => ({
    ...revision,
    sessionId: id,
    seq: firstNumber(revisions) + index,
    createdAt,
  }));
  const stored = await query
    .insert(memoryRevisions)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: memoryRevisions.id });
  if (stored.length < rows.length) throw new TakenId();
  return rows.reduce((sum, { text }) => sum + utf8Bytes(text ?? ''), 0);
}

export function messageRow(sessionId: string, message: FileMessage, seq = message.seq): Message {
  const stored = message.parts
    ? storedReply(entriesOf(message.parts))
    : { content: message.content, parts: null };
  return {
    id: message.id,
    sessionId,
    seq,
    parent: message.parent,
    role: message.role,
    ...stored,
    state: message.state,
    finish: message.finish,
    model: message.model,
    tokens: message.tokens,
    usage: message.usage,
    firstTokenMs: message.first_token_ms,
    totalMs: message.total_ms,
    thoughtMs: message.thought_ms,
    turn: message.turn,
    createdAt: message.created_at,
  };
}

/** Parts have no positions in a file: each begins where the one before it ends. */
function entriesOf(parts: NonNullable<FileMessage['parts']>): Entry[] {
  const entries: Entry[] = [];
  for (const part of parts) {
    const last = entries.at(-1);
    const content = contentOfPart(part);
    if (content) entries.push({ at: last ? endOf(last) : 0, ...content });
  }
  return entries;
}

/** The columns of a session that its messages and its file decide. */
export const settingsOf = (session: FileSession) => ({
  title: session.title,
  memory: session.memory,
  memoryPinned: pinnedText(keptPins(session.memory_pinned, session.memory)),
  memoryEnabled: session.memory_enabled,
  forgottenSeq: session.forgotten_seq,
  systemPrompt: session.system_prompt,
  model: session.model,
  temperature: session.temperature,
  maxTokens: session.max_tokens,
  pinnedAt: session.pinned_at,
  archivedAt: session.archived_at,
  tags: session.tags,
});

export const openingIn = ({ messages }: FileSession): string | null => {
  const first = messages.find(({ role }) => role === 'user');
  return first ? openingOf(first.content) : null;
};
