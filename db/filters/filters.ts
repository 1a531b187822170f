import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { FilterStore, TagCount } from '@/lib/sessions/lists/filter-store';
import { foldedTag, isSameTag } from '@/lib/sessions/tags/tags';
import type { Db, Queries, Tables } from '@/db/engine/client';

/** Models are looked up in this many sessions, so that the cost is bounded. */
const SESSIONS_MAX = 1000;

export function filterStore(db: Db): FilterStore {
  const { sessions, messages } = db.tables;
  return {
    tags: (owner) =>
      db.read(async (query) => {
        const archived = sql<number>`case when ${sessions.archivedAt} is null then 0 else 1 end`;
        const rows = await query
          .select({ tags: sessions.tags, archived })
          .from(sessions)
          .where(and(hasTags(sessions, owner), isNull(sessions.deletedAt)))
          .orderBy(sessions.createdAt, sessions.id);
        return countTags(rows);
      }),

    models: (owner) =>
      db.read(async (query) => {
        const newest = query
          .select({ head: sessions.head })
          .from(sessions)
          .where(and(eq(sessions.owner, owner), isNull(sessions.deletedAt)))
          .orderBy(desc(sessions.lastActivity), desc(sessions.id))
          .limit(SESSIONS_MAX)
          .as('newest');
        const rows = await query
          .select({ model: messages.model })
          .from(newest)
          .innerJoin(messages, eq(messages.id, newest.head))
          .groupBy(messages.model);
        return rows.flatMap(({ model }) => model ?? []).toSorted(alphabetical);
      }),
  };
}

/** All spellings of a tag in the owner's sessions: databases know upper and lower case of different letters. */
export async function spellingsOf(
  query: Queries,
  { sessions }: Tables,
  { owner, tag }: { readonly owner: string; readonly tag: string },
): Promise<string[]> {
  const rows = await query
    .select({ tags: sessions.tags })
    .from(sessions)
    .where(hasTags(sessions, owner))
    .groupBy(sessions.tags);
  const same = rows.flatMap(({ tags }) => tags.filter((other) => isSameTag(tag, other)));
  return [...new Set(same)];
}

/** An index holds these sessions alone. */
const hasTags = ({ owner, tags }: Tables['sessions'], of: string) =>
  and(eq(owner, of), sql`${tags} <> ''`);

/** In the spelling of the first session that has it. */
function countTags(rows: readonly { tags: readonly string[]; archived: number }[]): TagCount[] {
  const counts = new Map<string, { tag: string; listed: number; archived: number }>();
  for (const { tags, archived } of rows)
    for (const tag of tags) {
      const count = counts.get(foldedTag(tag)) ?? { tag, listed: 0, archived: 0 };
      if (archived === 1) count.archived += 1;
      else count.listed += 1;
      counts.set(foldedTag(tag), count);
    }
  return [...counts.values()].toSorted((one, other) => alphabetical(one.tag, other.tag));
}

const alphabetical = (one: string, other: string): number => one.localeCompare(other, 'en');
