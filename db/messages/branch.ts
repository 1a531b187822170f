import { and, eq, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';

/** More than the length of any branch: the walk along `parent` ends at the first message. */
export const WHOLE = 2 ** 31 - 1;

/**
 * The ids of a branch, from its last message back to the first: a walk along `parent`, so the cost is the length read.
 * At most `limit`, not counting replies being written. For use with `inArray`.
 */
export function branchIds(
  { messages }: Tables,
  head: string | SQLWrapper,
  limit: number | SQLWrapper,
): SQL {
  return sql`(
    with recursive branch(id, parent, counted) as (
      select ${messages.id}, ${messages.parent}, case ${messages.state} when 'running' then 0 else 1 end
      from ${messages} where ${messages.id} = ${head}
      union all
      select older.id, older.parent, branch.counted + case older.state when 'running' then 0 else 1 end
      from ${messages} older join branch on older.id = branch.parent
      where branch.counted < ${limit}
    )
    select id from branch
  )`;
}

/**
 * The end of a branch, as a part of the query that reads it: if a turn failed between two queries, its head would be
 * gone and the session would look empty.
 */
export const headOf = (query: Queries, { sessions }: Tables, id: string) =>
  query.select({ id: sessions.head }).from(sessions).where(eq(sessions.id, id));

export const parentOf = (query: Queries, { messages }: Tables, sessionId: string, id: string) =>
  query
    .select({ id: messages.parent })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.sessionId, sessionId)));
