import { inArray, type SQL } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';
import { ROUND } from '@/db/engine/rounds';

/** Deletes one round of the matching turns, with their text. */
export async function dropTurns(
  query: Queries,
  { turns }: Tables,
  which: SQL | undefined,
): Promise<{ more: boolean }> {
  const some = query.select({ requestId: turns.requestId }).from(turns).where(which).limit(ROUND);
  const gone = await query
    .delete(turns)
    .where(inArray(turns.requestId, some))
    .returning({ requestId: turns.requestId });
  return { more: gone.length > 0 };
}
