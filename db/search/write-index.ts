import { and, eq, inArray, isNull } from 'drizzle-orm';
import { tokensOf } from '@/lib/search/tokens';
import type { HitKind } from '@/lib/search/kinds';
import type { Queries, Tables } from '@/db/engine/client';
import { searchIndex } from '@/db/engine/full-text/full-text';
import { docId } from './doc-id';
import { modelToken, ownerCode, roleToken } from './owner-code';

/** A text that can be searched. */
interface Text {
  readonly owner: string;
  readonly kind: HitKind;
  readonly sessionId: string;
  readonly messageId: string | null;
  readonly createdAt: Date;
  readonly text: string;
  readonly role?: string;
  readonly model?: string | null;
}

/**
 * Indexes messages as they are now; to be called in the transaction that wrote them. What is not indexed here, the
 * background does later (`indexSome`), since triggers note every change.
 */
export async function indexMessages(
  query: Queries,
  tables: Tables,
  ids: readonly string[],
): Promise<void> {
  const { searchDocs, searchPending, messages, sessions } = tables;
  // First: it waits for another process that indexes the same message.
  await query
    .delete(searchPending)
    .where(and(eq(searchPending.kind, 'message'), inArray(searchPending.id, [...ids])));
  await query.delete(searchDocs).where(inArray(searchDocs.messageId, [...ids]));
  const rows = await query
    .select({
      messageId: messages.id,
      sessionId: messages.sessionId,
      owner: sessions.owner,
      text: messages.content,
      role: messages.role,
      model: messages.model,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .innerJoin(sessions, eq(sessions.id, messages.sessionId))
    .where(inArray(messages.id, [...ids]));
  await writeTexts(
    query,
    tables,
    rows.map((row) => ({ ...row, kind: 'message' })),
  );
}

/** Like `indexMessages`, for the title and the memory of a session. */
export async function indexSession(query: Queries, tables: Tables, id: string): Promise<void> {
  const { searchDocs, searchPending, sessions } = tables;
  await query
    .delete(searchPending)
    .where(and(eq(searchPending.kind, 'session'), eq(searchPending.id, id)));
  await query
    .delete(searchDocs)
    .where(and(eq(searchDocs.sessionId, id), isNull(searchDocs.messageId)));
  const [session] = await query
    .select({
      owner: sessions.owner,
      title: sessions.title,
      memory: sessions.memory,
      createdAt: sessions.createdAt,
      updatedAt: sessions.updatedAt,
    })
    .from(sessions)
    .where(eq(sessions.id, id));
  if (!session) return;
  const { owner, title, memory, createdAt, updatedAt } = session;
  const common = { owner, sessionId: id, messageId: null };
  await writeTexts(query, tables, [
    { ...common, kind: 'title', text: title ?? '', createdAt },
    { ...common, kind: 'memory', text: memory ?? '', createdAt: updatedAt },
  ]);
}

async function writeTexts(query: Queries, tables: Tables, texts: readonly Text[]): Promise<void> {
  let left = texts.filter(({ text }) => text !== '');
  // Ids are made of the time and chance; where one is taken, chance gets more room.
  for (let attempt = 0; left.length > 0; attempt += 1)
    left = await tryToWrite(query, tables, left, attempt);
}

/** Returns the texts whose id was taken. */
async function tryToWrite(
  query: Queries,
  { searchDocs }: Tables,
  texts: readonly Text[],
  attempt: number,
): Promise<Text[]> {
  const byId = new Map(texts.map((text) => [docId(text.createdAt, attempt, Math.random()), text]));
  // In order: FTS5 writes a part of its own for each id that is lower than the one before.
  const rows = [...byId].toSorted(([a], [b]) => a - b);
  const written = await query
    .insert(searchDocs)
    .values(rows.map(([id, text]) => docOf(id, text)))
    .onConflictDoNothing({ target: searchDocs.id })
    .returning({ id: searchDocs.id });
  const ids = new Set(written.map(({ id }) => id));
  const indexed = rows.filter(([id]) => ids.has(id));
  if (indexed.length > 0)
    await query
      .insert(searchIndex)
      .values(indexed.map(([id, text]) => ({ id, tokens: lineOf(text) })));
  const done = new Set(indexed.map(([, text]) => text));
  return texts.filter((text) => !done.has(text));
}

const docOf = (id: number, { owner, kind, sessionId, messageId, createdAt }: Text) => ({
  id,
  owner,
  kind,
  sessionId,
  messageId,
  createdAt,
});

function lineOf({ owner, text, role, model }: Text): string {
  const code = ownerCode(owner);
  const marks = [...(role ? [roleToken(role)] : []), ...(model ? [modelToken(model)] : [])];
  return [...tokensOf(text), ...marks].map((token) => code + token).join(' ');
}
