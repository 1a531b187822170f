import { and, asc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { PlacedMessage, SiblingPlace } from '@/lib/sessions/branches/branch-store';
import type { Message } from '@/lib/sessions/message';
import type { Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';

/** Adds their siblings to messages of one session. */
export async function withSiblings(
  query: Queries,
  tables: Tables,
  page: readonly Message[],
): Promise<PlacedMessage[]> {
  const [first] = page;
  if (!first) return [];
  const { messages } = tables;
  const idsWhere = (which: SQL | undefined) =>
    query
      .select({ id: messages.id, parent: messages.parent })
      .from(messages)
      .where(which)
      .orderBy(asc(messages.seq));
  const parents = page.flatMap(({ parent }) => (parent === null ? [] : [parent]));
  const rows = parents.length > 0 ? await idsWhere(inArray(messages.parent, padded(parents))) : [];
  if (parents.length < page.length)
    rows.push(
      ...(await idsWhere(and(eq(messages.sessionId, first.sessionId), isNull(messages.parent)))),
    );
  const families = Map.groupBy(rows, ({ parent }) => parent);
  return page.map((message) => {
    const family = families.get(message.parent) ?? [];
    return { ...message, siblings: family.map(({ id }) => id) };
  });
}

/**
 * The places of those messages of one session that have siblings. The ids of the siblings are not read: there may be
 * thousands.
 */
export async function placesOf(
  query: Queries,
  tables: Tables,
  page: readonly Message[],
): Promise<ReadonlyMap<string, SiblingPlace>> {
  if (page.length === 0) return new Map();
  const { messages } = tables;
  const rows = await query
    .select({
      id: messages.id,
      of: count(`1 = 1`),
      at: count(`sibling.seq <= messages.seq`),
      previous: nearest('<', 'desc'),
      next: nearest('>', 'asc'),
    })
    .from(messages)
    .where(inArray(messages.id, padded(page.map(({ id }) => id))));
  return new Map(rows.flatMap(({ id, ...place }) => (place.of > 1 ? [[id, place] as const] : [])));
}

/** In plain SQL: the query builder leaves out the table's name here, and a bare `parent` would be the sibling's own. */
const family = (more: string, end = '') => `case when messages.parent is null
  then (select ${more.replace('?', 'sibling.session_id = messages.session_id and sibling.parent is null')} ${end})
  else (select ${more.replace('?', 'sibling.parent = messages.parent')} ${end}) end`;

const count = (which: string) =>
  sql<number>`${sql.raw(family(`count(*) from messages sibling where ? and ${which}`))}`.mapWith(
    Number,
  );

const nearest = (than: '<' | '>', order: 'asc' | 'desc') =>
  sql<string | null>`${sql.raw(
    family(
      `sibling.id from messages sibling where ? and sibling.seq ${than} messages.seq`,
      `order by sibling.seq ${order} limit 1`,
    ),
  )}`;
