import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

const time = (name: string) => integer(name, { mode: 'timestamp_ms' });

/** What an owner stores, counted on each write. */
export const owners = sqliteTable(
  'owners',
  {
    owner: text('owner').primaryKey(),
    sessions: integer('sessions').notNull().default(0),
    messages: integer('messages').notNull().default(0),
    bytes: integer('bytes').notNull().default(0),
    /** The last visit, accurate to a day. */
    seenAt: time('seen_at').notNull(),
    /** Data from before this time is being deleted permanently; null: none. */
    forgetBefore: time('forget_before'),
  },
  (table) => [
    index('owners_seen').on(table.seenAt),
    index('owners_empty')
      .on(table.seenAt)
      .where(sql`${table.sessions} = 0`),
    index('owners_forgotten')
      .on(table.forgetBefore)
      .where(sql`${table.forgetBefore} is not null`),
  ],
);

/** What owners wrote about themselves. The newest row of an owner is what goes into prompts. */
export const aboutRevisions = sqliteTable(
  'about_revisions',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    seq: integer('seq').notNull(),
    text: text('text'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [uniqueIndex('about_revisions_seq').on(table.owner, table.seq)],
);
