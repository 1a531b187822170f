import { and, eq, isNull, sql } from 'drizzle-orm';
import { tokensOf } from '@/lib/search/tokens';
import type { HitKind } from '@/lib/search/kinds';
import type { Queries, Tables } from '@/db/engine/client';
import { searchIndex } from '@/db/engine/full-text/full-text';
import { param, prepare } from '@/db/engine/prepare';
import { docId } from './doc-id';
import { modelToken, ownerCode, roleToken } from './owner-code';

/** A text that can be searched. */
interface Text {
  readonly owner: string;
  readonly sessionId: string;
  readonly kind: HitKind;
  readonly messageId: string | null;
  readonly createdAt: Date;
  readonly text: string;
  readonly role?: string;
  readonly model?: string | null;
}

/** A text that waits to be indexed. */
interface Note {
  readonly kind: 'message' | 'session';
  readonly id: string;
}

/** Waits for another process that has it. False when it indexed the text: it is not to be indexed twice. */
export async function takeNote(query: Queries, tables: Tables, note: Note): Promise<boolean> {
  const taken = await prepare(query, tables, pendingText).execute({ ...note });
  return taken.length > 0;
}

/** Indexes messages as they are now. */
export async function indexMessages(
  query: Queries,
  tables: Tables,
  ids: readonly string[],
): Promise<void> {
  const texts: Text[] = [];
  for (const id of ids) {
    const [message] = await prepare(query, tables, messageText).execute({ id });
    if (!message) continue;
    const { isIndexed, ...text } = message;
    if (isIndexed) await prepare(query, tables, docsOfMessage).execute({ id });
    texts.push({ ...text, kind: 'message' });
  }
  await writeTexts(query, tables, texts);
}

/**
 * Indexes the title and the memory of a session; to be called in the transaction that wrote them, so that nothing that
 * was forgotten stays in the index.
 */
export async function indexSession(query: Queries, tables: Tables, id: string): Promise<void> {
  await takeNote(query, tables, { kind: 'session', id });
  await prepare(query, tables, docsOfSession).execute({ id });
  const [session] = await prepare(query, tables, sessionTexts).execute({ id });
  if (!session) return;
  const { owner, title, memory, createdAt, updatedAt } = session;
  const common = { owner, sessionId: id, messageId: null };
  await writeTexts(query, tables, [
    { ...common, kind: 'title', text: title ?? '', createdAt },
    { ...common, kind: 'memory', text: memory ?? '', createdAt: updatedAt },
  ]);
}

/** Ids are made of the time and chance; where one is taken, chance gets more room. */
const idOf = (text: Text, attempt: number) => docId(text.createdAt, attempt, Math.random());

async function writeTexts(query: Queries, tables: Tables, texts: readonly Text[]): Promise<void> {
  const rows = texts.filter(({ text }) => text !== '').map((text) => ({ id: idOf(text, 0), text }));
  const written: { id: number; tokens: string }[] = [];
  for (const { id, text } of rows)
    written.push({ id: await writeDoc(query, tables, text, id), tokens: lineOf(text) });
  // Last, and in order: FTS5 writes a part of its own before the next insert into another table, and for each id that is
  // lower than the one before.
  for (const row of written.toSorted((a, b) => a.id - b.id))
    await prepare(query, tables, newTokens).execute(row);
}

/** Returns the id that it got. */
async function writeDoc(
  query: Queries,
  tables: Tables,
  text: Text,
  first: number,
): Promise<number> {
  const { owner, kind, sessionId, messageId, createdAt } = text;
  const doc = { owner, kind, sessionId, messageId, createdAt };
  const insert = prepare(query, tables, newDoc);
  let id = first;
  for (let attempt = 1; (await insert.execute({ ...doc, id })).length === 0; attempt += 1)
    id = idOf(text, attempt);
  return id;
}

function lineOf({ owner, text, role, model }: Text): string {
  const code = ownerCode(owner);
  const marks = [...(role ? [roleToken(role)] : []), ...(model ? [modelToken(model)] : [])];
  return [...tokensOf(text), ...marks].map((token) => code + token).join(' ');
}

const pendingText = (query: Queries, { searchPending }: Tables) =>
  query
    .delete(searchPending)
    .where(
      and(
        eq(searchPending.kind, sql.placeholder('kind')),
        eq(searchPending.id, sql.placeholder('id')),
      ),
    )
    .returning({ id: searchPending.id });

const messageText = (query: Queries, { messages, sessions, searchDocs }: Tables) =>
  query
    .select({
      messageId: messages.id,
      sessionId: messages.sessionId,
      owner: sessions.owner,
      text: messages.content,
      role: messages.role,
      model: messages.model,
      createdAt: messages.createdAt,
      isIndexed: sql<unknown>`exists (select 1 from ${searchDocs} where ${searchDocs.messageId} = ${messages.id})`,
    })
    .from(messages)
    .innerJoin(sessions, eq(sessions.id, messages.sessionId))
    .where(eq(messages.id, sql.placeholder('id')));

const sessionTexts = (query: Queries, { sessions }: Tables) =>
  query
    .select({
      owner: sessions.owner,
      title: sessions.title,
      memory: sessions.memory,
      createdAt: sessions.createdAt,
      updatedAt: sessions.updatedAt,
    })
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder('id')));

const docsOfMessage = (query: Queries, { searchDocs }: Tables) =>
  query.delete(searchDocs).where(eq(searchDocs.messageId, sql.placeholder('id')));

const docsOfSession = (query: Queries, { searchDocs }: Tables) =>
  query
    .delete(searchDocs)
    .where(and(eq(searchDocs.sessionId, sql.placeholder('id')), isNull(searchDocs.messageId)));

const newDoc = (query: Queries, { searchDocs }: Tables) =>
  query
    .insert(searchDocs)
    .values({
      id: sql.placeholder('id'),
      owner: sql.placeholder('owner'),
      kind: param('kind', searchDocs.kind),
      sessionId: sql.placeholder('sessionId'),
      messageId: sql.placeholder('messageId'),
      createdAt: param('createdAt', searchDocs.createdAt),
    })
    .onConflictDoNothing({ target: searchDocs.id })
    .returning({ id: searchDocs.id });

const newTokens = (query: Queries) =>
  query
    .insert(searchIndex)
    .values({ id: sql.placeholder('id'), tokens: sql.placeholder('tokens') });
