import type { Db } from '@/db/engine/client';
import { indexMessages, indexSession } from './write-index';

/** How many texts one step indexes. SQLite blocks the event loop meanwhile. */
const STEP = 32;

export const anyPending = (db: Db): Promise<boolean> =>
  db.read(async (query) => {
    const { searchPending } = db.tables;
    const rows = await query.select({ id: searchPending.id }).from(searchPending).limit(1);
    return rows.length > 0;
  });

/**
 * Indexes some of what waits: texts from before the index, and what a change of owner or another version of the program
 * left. Returns false when nothing is left. A killed process loses nothing: texts wait until they are in the index.
 */
export async function indexPending(db: Db): Promise<boolean> {
  const { searchPending } = db.tables;
  const { kind, id } = searchPending;
  const waiting = await db.read((query) =>
    query.select({ kind, id }).from(searchPending).orderBy(kind, id).limit(STEP),
  );
  const messages = waiting.flatMap((row) => (row.kind === 'message' ? [row.id] : []));
  const sessions = waiting.flatMap((row) => (row.kind === 'session' ? [row.id] : []));
  if (waiting.length === 0) return false;
  await db.transaction(async (query) => {
    if (messages.length > 0) await indexMessages(query, db.tables, messages);
    for (const session of sessions) await indexSession(query, db.tables, session);
  });
  return true;
}
