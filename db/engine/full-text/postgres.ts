import { sql, type SQL } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';
import type { FullText, Groups, Lookup } from './full-text';

/** How many of the owner's newest texts are read before the index is asked. */
const NEWEST = 1000;

/**
 * A GIN index knows no order: it gives every hit, and a common word has many. Those are likely among the newest texts,
 * so these are read first; the index answers for words that are rare there.
 */
export const postgresFullText: FullText = {
  async lookUp(query, tables, lookup) {
    const newest = await amongNewest(query, tables, lookup);
    if (newest.ids.length >= lookup.limit || newest.end === null) return newest.ids;
    const rest = { ...lookup, below: newest.end, limit: lookup.limit - newest.ids.length };
    return [...newest.ids, ...(await byIndex(query, tables, rest))];
  },
};

/** `end`: the lowest id that was read; null when there are no more. */
async function amongNewest(
  query: Queries,
  tables: Tables,
  { owner, groups, where, from, below, limit }: Lookup,
): Promise<{ ids: number[]; end: number | null }> {
  const read = sql`newest as materialized (
    select id from search_docs where owner = ${owner} and id >= ${from} and id < ${below}
    order by id desc limit ${NEWEST}
  )`;
  // `offset 0`: or the planner, which cannot know how common a word is, might fetch every hit from the index.
  const hits = sql`hits as materialized (
    select id from (
      select newest.id, search_index.tokens
      from newest join search_index on search_index.rowid = newest.id offset 0
    ) as near where near.tokens @@ ${expressionOf(groups)}::tsquery
  )`;
  const end = sql`(select min(id) from newest having count(*) = ${NEWEST})`;
  const rows = await query
    .select({ id: sql<string | null>`id`, end: sql<string | null>`bound` })
    .from(
      sql`(with ${read}, ${hits}
        select null as id, ${end} as bound union all
        select * from (${inOrder(tables, where, limit)}) as found(id, bound)) as rows`,
    );
  return {
    ids: rows.flatMap(({ id }) => (id === null ? [] : [Number(id)])).toSorted((a, b) => b - a),
    end: rows.reduce<number | null>(
      (last, row) => (row.end === null ? last : Number(row.end)),
      null,
    ),
  };
}

async function byIndex(
  query: Queries,
  tables: Tables,
  { groups, where, from, below, limit }: Lookup,
): Promise<number[]> {
  // Materialized: or the planner might walk down all ids of all owners, in the hope of some hits.
  const hits = sql`hits as materialized (
    select rowid as id from search_index
    where tokens @@ ${expressionOf(groups)}::tsquery and rowid >= ${from} and rowid < ${below}
  )`;
  const rows = await query
    .select({ id: sql<string>`id` })
    .from(sql`(with ${hits} ${inOrder(tables, where, limit)}) as rows(id, bound)`);
  return rows.map(({ id }) => Number(id)).toSorted((a, b) => b - a);
}

/**
 * The wanted ones of `hits`, newest first. `offset 0` keeps the planner from joining whole tables: it cannot know how
 * few hits a rare word has, and would read every text and session for some of them.
 */
const inOrder = (
  { searchDocs, sessions, messages }: Tables,
  where: SQL | undefined,
  limit: number,
): SQL => sql`
  select ${searchDocs.id}, null::bigint
  from (select id from hits order by id desc offset 0) as hits
  cross join lateral (
    select * from ${searchDocs} where ${searchDocs.id} = hits.id offset 0
  ) as ${searchDocs}
  cross join lateral (
    select * from ${sessions} where ${sessions.id} = ${searchDocs.sessionId} offset 0
  ) as ${sessions}
  left join lateral (
    select * from ${messages} where ${messages.id} = ${searchDocs.messageId} offset 0
  ) as ${messages} on true
  where ${where} order by hits.id desc limit ${limit}`;

const expressionOf = (groups: Groups): string =>
  groups
    .map((group) => {
      const any = group.map(({ token, isBeginning }) => `'${token}'${isBeginning ? ':*' : ''}`);
      return `(${any.join(' | ')})`;
    })
    .join(' & ');
