import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** What an owner stores, counted on each write. */
export const owners = pgTable(
  'owners',
  {
    owner: text('owner').primaryKey(),
    sessions: integer('sessions').notNull().default(0),
    messages: integer('messages').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
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
export const aboutRevisions = pgTable(
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
