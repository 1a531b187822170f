import { and, asc, desc, eq, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { openingOf } from '@/lib/sessions/session';
import { branchIds, WHOLE } from './branch';
import type { Queries, Tables } from '@/db/engine/client';

/** The ids of a message and of everything below it. A message has a higher `seq` than the one it answers. */
const idsBelow = ({ messages }: Tables, sessionId: string, id: string): SQL => sql`(
  with recursive below(id) as (
    select ${messages.id} from ${messages} where ${messages.id} = ${id} and ${messages.sessionId} = ${sessionId}
    union all
    select younger.id from ${messages} younger join below on younger.parent = below.id
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
  head: string | null,
): Promise<string | null> {
  if (head === null) return null;
  const { messages } = tables;
  const [first] = await query
    .select({ content: messages.content })
    .from(messages)
    .where(and(inArray(messages.id, branchIds(tables, head, WHOLE)), eq(messages.role, 'user')))
    .orderBy(asc(messages.seq))
    .limit(1);
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
