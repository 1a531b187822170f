import { sql, type SQL } from 'drizzle-orm';
import type { Tables } from './client';

/**
 * The ids of a branch, from its last message back to the first, at most `limit` of them: a walk along `parent`,
 * so its cost is the length of what is read. For use with `inArray`.
 */
export function branchIds({ messages }: Tables, head: string, limit: number): SQL {
  return sql`(
    with recursive branch(id, parent, depth) as (
      select ${messages.id}, ${messages.parent}, 1 from ${messages} where ${messages.id} = ${head}
      union all
      select older.id, older.parent, branch.depth + 1
      from ${messages} older join branch on older.id = branch.parent
      where branch.depth < ${limit}
    )
    select id from branch
  )`;
}
