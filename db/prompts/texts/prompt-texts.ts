import { createHash } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PromptPlaces, PromptRecord, PromptText } from '@/lib/chat/turn/prompt-record';
import type { TurnContext } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { prepare } from '@/db/engine/prepare';
import { adjustQuota, byteLengthOf, utf8Bytes, totalBytes } from '@/db/quotas/owner-quota';

type KeptTexts = PromptPlaces['texts'];

/** Unique within a session; the same text has the same id. */
const idOf = (kind: PromptText, text: string): string =>
  createHash('sha256').update(`${kind}\n${text}`).digest('base64url').slice(0, 16);

const newText = (query: Queries, { promptTexts }: Tables) =>
  query
    .insert(promptTexts)
    .values({
      sessionId: sql.placeholder('sessionId'),
      id: sql.placeholder('id'),
      kind: sql.placeholder('kind'),
      text: sql.placeholder('text'),
    })
    .onConflictDoNothing()
    .returning({ id: promptTexts.id });

/** Keeps what a session's next prompt says besides its messages. Returns it, with the bytes that are new. */
export async function keepTexts(
  query: Queries,
  tables: Tables,
  sessionId: string,
  { systemPrompt: system, about = null, memory }: TurnContext,
): Promise<{ texts: KeptTexts; bytes: number }> {
  const byName = { system, about, memory } satisfies Record<PromptText, string | null>;
  const texts = Object.entries(byName).flatMap(([name, text]) => {
    // The keys are those of the object above.
    const kind = name as PromptText;
    return text ? [{ kind, id: idOf(kind, text), text }] : [];
  });
  let bytes = 0;
  for (const text of texts) {
    const added = await prepare(query, tables, newText).execute({ sessionId, ...text });
    if (added.length > 0) bytes += utf8Bytes(text.text);
  }
  return { texts, bytes };
}

/** The ids of the texts that a record names. */
export const keptIds = ({ texts }: PromptRecord): string[] =>
  Object.values(texts).flatMap((text) => (typeof text === 'string' ? [] : [text.id]));

/** Copies texts to another session. Returns their bytes. */
export async function copyTexts(
  query: Queries,
  { promptTexts }: Tables,
  { from, to, ids }: { from: string; to: string; ids: readonly string[] },
): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await query
    .select()
    .from(promptTexts)
    .where(and(eq(promptTexts.sessionId, from), inArray(promptTexts.id, padded(ids))));
  const copies = rows.map((row) => ({ ...row, sessionId: to }));
  if (copies.length === 0) return 0;
  const added = await query
    .insert(promptTexts)
    .values(copies)
    .onConflictDoNothing()
    .returning({ bytes: byteLengthOf(promptTexts.text) });
  return totalBytes(added);
}

/** What is forgotten is gone from what the model saw, too. Returns the bytes that are free. */
export async function forgetTexts(
  query: Queries,
  { promptTexts }: Tables,
  sessionId: string,
  kind: PromptText,
): Promise<number> {
  const deleted = await query
    .delete(promptTexts)
    .where(and(eq(promptTexts.sessionId, sessionId), eq(promptTexts.kind, kind)))
    .returning({ bytes: byteLengthOf(promptTexts.text) });
  return totalBytes(deleted);
}

/** Like `forgetTexts`, for what an owner wrote about themselves, in all their sessions and their sizes. */
export async function forgetAbout(db: Db, owner: string): Promise<void> {
  const { tables } = db;
  const { sessions } = tables;
  const all = await db.read((query) =>
    query.select({ id: sessions.id }).from(sessions).where(eq(sessions.owner, owner)),
  );
  for (const { id } of all)
    await db.transaction(async (query) => {
      const isIt = eq(sessions.id, id);
      // Locks it: a turn that began before keeps its text first.
      await query.update(sessions).set({ bytes: sessions.bytes }).where(isIt);
      const bytes = -(await forgetTexts(query, tables, id, 'about'));
      if (bytes === 0) return;
      await query
        .update(sessions)
        .set({ bytes: sql`${sessions.bytes} + ${bytes}` })
        .where(isIt);
      await adjustQuota(query, tables, owner, { bytes });
    });
}
