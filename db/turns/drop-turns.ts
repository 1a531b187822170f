import { inArray, type SQL } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';
import { ROUND } from '@/db/engine/rounds';
import { countDropped, droppedTurn } from '@/db/usage/count-usage';

/** Deletes one round of the matching turns, with their text. */
export async function dropTurns(
  query: Queries,
  tables: Tables,
  which: SQL | undefined,
): Promise<{ more: boolean }> {
  const { turns } = tables;
  const some = query.select({ requestId: turns.requestId }).from(turns).where(which).limit(ROUND);
  const gone = await query
    .delete(turns)
    .where(inArray(turns.requestId, some))
    .returning(droppedTurn(tables));
  await countDropped(query, tables, gone);
  return { more: gone.length > 0 };
}
