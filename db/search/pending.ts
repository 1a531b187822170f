import { sql } from 'drizzle-orm';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';
import { indexMessages, indexSession } from './write-index';

/** How many texts one step indexes. SQLite blocks the event loop meanwhile, and FTS5 writes once for all of them. */
const STEP = 16;
/** More than wait while turns run, since the background takes what there is every two seconds. */
const CATCH_UP_STEPS = 4;

/**
 * Indexes what turns wrote a moment ago, so that a search finds it. Returns false when more waits than a search has
 * time for, as after an import.
 */
export async function catchUp(db: Db): Promise<boolean> {
  for (let step = 0; step < CATCH_UP_STEPS; step += 1) if (!(await indexPending(db))) return true;
  return (await waitingTexts(db, 1)).length === 0;
}

const waitingTexts = (db: Db, limit: number) =>
  db.read((query) => prepare(query, db.tables, firstPending).execute({ limit }));

const firstPending = (query: Queries, { searchPending }: Tables) => {
  const { kind, id } = searchPending;
  return query
    .select({ kind, id })
    .from(searchPending)
    .orderBy(kind, id)
    .limit(sql.placeholder('limit'));
};

/**
 * Indexes some of what waits: the messages of turns, imports, texts from before the index, and what a change of owner or
 * another version of the program left. Returns false when nothing was left. A killed process loses nothing: texts wait
 * until they are in the index.
 */
export async function indexPending(db: Db): Promise<boolean> {
  const waiting = await waitingTexts(db, STEP);
  const messages = waiting.flatMap((row) => (row.kind === 'message' ? [row.id] : []));
  const sessions = waiting.flatMap((row) => (row.kind === 'session' ? [row.id] : []));
  if (waiting.length === 0) return false;
  await db.transaction(async (query) => {
    if (messages.length > 0) await indexMessages(query, db.tables, messages);
    for (const session of sessions) await indexSession(query, db.tables, session);
  });
  return true;
}
