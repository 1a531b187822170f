import { sql } from 'drizzle-orm';
import type { FullText, Groups } from './full-text';

/** FTS5 reads its rows from the highest id down, so the first ones found are the newest, and the rest is not read. */
export const sqliteFullText: FullText = {
  async lookUp(query, { searchDocs, sessions, messages }, { groups, where, from, below, limit }) {
    // `cross join` keeps the order: a search in the index for each row would take minutes.
    const rows = await query
      .select({ id: sql<number>`search_index.rowid` })
      .from(
        sql`search_index cross join ${searchDocs} cross join ${sessions}
          left join ${messages} on ${messages.id} = ${searchDocs.messageId}`,
      )
      .where(
        sql`search_index match ${expressionOf(groups)}
          and search_index.rowid >= ${from} and search_index.rowid < ${below}
          and ${searchDocs.id} = search_index.rowid and ${sessions.id} = ${searchDocs.sessionId}
          and ${where}`,
      )
      .orderBy(sql`search_index.rowid desc`)
      .limit(limit);
    return rows.map(({ id }) => id);
  },
};

const expressionOf = (groups: Groups): string =>
  groups
    .map((group) => {
      const any = group.map(({ token, isBeginning }) => `"${token}"${isBeginning ? '*' : ''}`);
      return `(${any.join(' OR ')})`;
    })
    .join(' AND ');
