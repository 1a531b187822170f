import { and, eq } from 'drizzle-orm';
import type { Db } from '@/db/engine/client';

/** Says of a running turn that somebody watches it on another instance. */
export const keepWatched = (db: Db, requestId: string, until: Date): Promise<void> =>
  db.transaction(async (query) => {
    const { turns } = db.tables;
    await query
      .update(turns)
      .set({ watchedUntil: until })
      .where(and(eq(turns.requestId, requestId), eq(turns.state, 'running')));
  });
