import { eq } from 'drizzle-orm';
import { failureOf } from '@/lib/errors';
import type { FileMessage, FileSession } from '@/lib/sessions/export/session-file';
import type { Imported, TransferStore } from '@/lib/sessions/export/transfer-store';
import type { Session } from '@/lib/sessions/session';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { addToQuota, byteLengthOfMessage, messageBytes } from '@/db/quotas/owner-quota';
import { DELETED_PERMANENTLY } from '@/db/sessions/purge';
import { addMissing } from './add-missing';
import {
  insertMessages,
  insertRevisions,
  messageRow,
  openingIn,
  settingsOf,
  TakenId,
} from './import-rows';
import { keepsIds, withDerivedIds } from './own-ids';

type Input = Parameters<TransferStore['importSession']>[0];

/**
 * Stores a session under the ids of its file. Where those are another app's, or in use elsewhere, under ids derived
 * from them and the owner: the same file gets the same ids again.
 */
export async function importSession(db: Db, bounds: Bounds, input: Input): Promise<Imported> {
  const derived = { ...input, session: withDerivedIds(input.owner, input.session) };
  try {
    const isKept = keepsIds(input.session) && !(await isHere(db, derived));
    return await (isKept ? withIds(db, bounds, input) : withIds(db, bounds, derived)).catch(
      (thrown: unknown) => {
        if (thrown instanceof TakenId && isKept) return withIds(db, bounds, derived);
        throw thrown;
      },
    );
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'over-quota') throw thrown;
    return { kind: 'skipped', reason: failure.reason, limit: failure.limit };
  }
}

const isHere = (db: Db, { session: { id } }: Input): Promise<boolean> =>
  db.read(async (query) => (await rowOf(query, db.tables, id)) !== undefined);

async function rowOf(
  query: Queries,
  { sessions }: Tables,
  id: string,
): Promise<Session | undefined> {
  const [row] = await query.select().from(sessions).where(eq(sessions.id, id));
  return row;
}

/** Throws `TakenId` when another owner, or a session that is being purged, has an id of it. */
function withIds(db: Db, bounds: Bounds, input: Input): Promise<Imported> {
  const run = async (query: Queries): Promise<Imported> => {
    const { owner, session, dryRun, now } = input;
    const { id } = session;
    const stored = await rowOf(query, db.tables, id);
    if (!stored) {
      if (!dryRun) await insertWhole(query, db.tables, bounds, input);
      return { kind: 'new', id };
    }
    if (stored.owner !== owner || stored.deletedAt?.getTime() === DELETED_PERMANENTLY.getTime())
      throw new TakenId();
    if (stored.deletedAt) return { kind: 'skipped', reason: 'deleted', id };
    const compared = await compare(query, db.tables, session, stored);
    if (compared.kind === 'newer' && !dryRun)
      await addMissing(query, db.tables, bounds, { owner, session, now, ...compared });
    return { kind: compared.kind, id };
  };
  return input.dryRun ? db.read(run) : db.transaction(run);
}

async function insertWhole(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  { owner, session, now }: Input,
): Promise<void> {
  const rows = session.messages.map((message) => messageRow(session.id, message));
  const lastSeq = Math.max(session.forgotten_seq, rows.at(-1)?.seq ?? 0);
  const [created] = await query
    .insert(tables.sessions)
    .values({
      ...settingsOf(session),
      id: session.id,
      owner,
      opening: openingIn(session),
      head: session.head,
      lastSeq,
      tokens: session.tokens,
      contextTokens: session.context_tokens,
      lastActivity: session.last_activity,
      createdAt: session.created_at,
      updatedAt: session.updated_at,
    })
    .onConflictDoNothing()
    .returning({ id: tables.sessions.id });
  if (!created) throw new TakenId();
  const written = await insertMessages(query, tables, rows);
  const bytes = written + (await insertRevisions(query, tables, session));
  await query.update(tables.sessions).set({ bytes }).where(eq(tables.sessions.id, session.id));
  await addToQuota(query, tables, bounds, {
    owner,
    sessions: 1,
    messages: rows.length,
    bytes,
    now,
  });
}

/** Messages do not change, so their ids and lengths tell which are the same. */
async function compare(
  query: Queries,
  tables: Tables,
  session: FileSession,
  stored: Session,
): Promise<{ kind: 'same' | 'newer' | 'conflict'; missing: FileMessage[]; isLater: boolean }> {
  const { messages } = tables;
  const rows = await query
    .select({ id: messages.id, bytes: byteLengthOfMessage(tables) })
    .from(messages)
    .where(eq(messages.sessionId, session.id));
  const here = new Map(rows.map(({ id, bytes }) => [id, bytes]));
  const missing = session.messages.filter(({ id }) => !here.has(id));
  const both = session.messages.length - missing.length;
  const differs = session.messages.some((message) => {
    const bytes = here.get(message.id);
    return bytes !== undefined && bytes !== messageBytes(messageRow(session.id, message));
  });
  const isLater =
    session.source === undefined && session.updated_at.getTime() > stored.updatedAt.getTime();
  const hasMore = rows.length > both;
  if (differs || (missing.length > 0 && hasMore)) return { kind: 'conflict', missing, isLater };
  const isNewer = missing.length > 0 || (isLater && !hasMore);
  return { kind: isNewer ? 'newer' : 'same', missing, isLater };
}
