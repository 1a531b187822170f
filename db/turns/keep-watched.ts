import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/engine/client';

/** Records until when a client on another instance watches a running turn. */
export const keepWatched = (db: Db, requestId: string, until: Date): Promise<void> =>
  db.transaction(async (query) => {
    const { turns } = db.tables;
    await query
      .update(turns)
      .set({ watchedUntil: until })
      .where(and(eq(turns.requestId, requestId), eq(turns.state, 'running')));
  });
