import { and, asc, desc, eq, inArray, isNull, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { openingOf } from '@/lib/sessions/session';
import { branchIds, WHOLE } from './branch';
import type { Queries, Tables } from '@/db/engine/client';

/**
 * The ids of a message and of everything below it. Goes from each to its first child and to its next sibling, so that
 * each step is one look into an index: a plain join on `parent` reads the whole table at each step where Postgres has no
 * statistics yet. A message has a higher `seq` than the one it answers.
 */
const idsBelow = ({ messages }: Tables, sessionId: string, id: string): SQL => sql`(
  with recursive below(id, parent, seq) as (
    select ${messages.id}, ${messages.parent}, ${messages.seq}
    from ${messages} where ${messages.id} = ${id} and ${messages.sessionId} = ${sessionId}
    union all
    select next.id, next.parent, next.seq
    from below cross join (select 0 as aside union all select 1) way join ${messages} next on next.id = case way.aside
      when 0 then (
        select child.id from ${messages} child
        where child.parent = below.id order by child.seq limit 1
      )
      else (
        select sibling.id from ${messages} sibling
        where sibling.parent = below.parent and sibling.seq > below.seq and below.id <> ${id}
        order by sibling.seq limit 1
      ) end
  )
  select id from below
)`;

/** The newest message at or below `id`, which ends its branch. Null for a message that the session does not have. */
export async function newestBelow(
  query: Queries,
  tables: Tables,
  sessionId: string,
  id: string,
): Promise<string | null> {
  const { messages } = tables;
  const [newest] = await query
    .select({ id: messages.id })
    .from(messages)
    .where(inArray(messages.id, idsBelow(tables, sessionId, id)))
    .orderBy(desc(messages.seq))
    .limit(1);
  return newest?.id ?? null;
}

/** The end of the branch of the first of `places` that is there; else of the newest branch. Null: no messages. */
export async function endUnder(
  query: Queries,
  tables: Tables,
  sessionId: string,
  places: readonly (string | null)[],
): Promise<string | null> {
  for (const place of places) {
    const end = place === null ? null : await newestBelow(query, tables, sessionId, place);
    if (end !== null) return end;
  }
  const { messages } = tables;
  const [newest] = await query
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.sessionId, sessionId))
    .orderBy(desc(messages.seq))
    .limit(1);
  return newest?.id ?? null;
}

/** What names a session that shows the branch up to `head`: the beginning of its first user message. */
export async function openingOn(
  query: Queries,
  tables: Tables,
  sessionId: string,
  head: string | null,
): Promise<string | null> {
  if (head === null) return null;
  const { messages } = tables;
  const firstOf = (which: SQL | undefined) =>
    query
      .select({ role: messages.role, content: messages.content })
      .from(messages)
      .where(which)
      .orderBy(asc(messages.seq))
      .limit(2);
  // Most sessions begin with one message, which is on each branch: then there is no need to walk back to it.
  const roots = await firstOf(and(eq(messages.sessionId, sessionId), isNull(messages.parent)));
  const [root] = roots;
  if (root?.role === 'user' && roots.length === 1) return openingOf(root.content);
  const onBranch = inArray(messages.id, branchIds(tables, head, WHOLE));
  const [first] = await firstOf(and(onBranch, eq(messages.role, 'user')));
  return first ? openingOf(first.content) : null;
}

/** The condition that `id` is on the branch that a session shows. Walks back only as far as `seq`. */
export function isShown(
  { messages, sessions }: Tables,
  sessionId: string,
  { id, seq }: { readonly id: SQLWrapper; readonly seq: SQLWrapper },
): SQL {
  const head = sql`(select ${sessions.head} from ${sessions} where ${sessions.id} = ${sessionId})`;
  return sql`${id} in (
    with recursive shown(id, parent, seq) as (
      select ${messages.id}, ${messages.parent}, ${messages.seq} from ${messages} where ${messages.id} = ${head}
      union all
      select older.id, older.parent, older.seq
      from ${messages} older join shown on older.id = shown.parent
      where shown.seq > ${seq}
    )
    select id from shown
  )`;
}
