import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { causesOf } from '@/lib/errors';
import { log } from '@/lib/log';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';
import { indexMessages, indexSession, takeNote } from './write-index';

/** How many texts one step indexes. SQLite blocks the event loop meanwhile, and FTS5 writes once for all of them. */
const STEP = 16;
/** What a search waits for at most: in steps, and in milliseconds, as when another process has locked the database. */
const CATCH_UP_STEPS = 4;
const CATCH_UP_MS = 300;

/**
 * Indexes what turns wrote a moment ago, so that a search finds it. Resolves to false when something still waits: more
 * than a search has time for, as after an import, or what cannot be indexed now.
 */
export async function catchUp(db: Db): Promise<boolean> {
  const over = new AbortController();
  const late = pause(CATCH_UP_MS, false, { signal: over.signal, ref: false }).catch(() => false);
  const isDone = await Promise.race([indexAll(db), late]);
  over.abort();
  return isDone;
}

async function indexAll(db: Db): Promise<boolean> {
  try {
    for (let step = 0; step < CATCH_UP_STEPS; step += 1) if (!(await indexPending(db))) return true;
    return (await waitingTexts(db, 1)).length === 0;
  } catch (cause) {
    // The search reads what there is.
    log().warn({ event: 'search.index_failed', cause: causesOf(cause) });
    return false;
  }
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
  if (waiting.length === 0) return false;
  await db.transaction(async (query) => {
    const messages: string[] = [];
    for (const note of waiting)
      if (await takeNote(query, db.tables, note)) {
        if (note.kind === 'message') messages.push(note.id);
        else await indexSession(query, db.tables, note.id);
      }
    await indexMessages(query, db.tables, messages);
  });
  return true;
}
