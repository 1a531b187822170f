import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Tables } from './client';

/**
 * The ids of a branch, from its last message back to the first: a walk along `parent`, so its cost is the length of
 * what is read. At most `limit` of them, not counting replies that are still being written. For use with `inArray`.
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
