import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The whole deployment's use of the upstream on a UTC day, such as 2026-01-31. */
export const dailyUse = sqliteTable('daily_use', {
  day: text('day').primaryKey(),
  turns: integer('turns').notNull().default(0),
  tokens: integer('tokens').notNull().default(0),
  micros: integer('micros').notNull().default(0),
});

/** What an owner used of a model on a UTC day, summed. No row is for a request: it has no texts. */
export const usage = sqliteTable(
  'usage',
  {
    day: text('day').notNull(),
    /** '': of somebody who was deleted. */
    owner: text('owner').notNull(),
    model: text('model').notNull(),
    /** The stored key; '': without one. */
    keyId: text('key_id').notNull(),
    turns: integer('turns').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    input: integer('input').notNull().default(0),
    output: integer('output').notNull().default(0),
    micros: integer('micros').notNull().default(0),
    /** Requests whose cost is unknown. */
    unpriced: integer('unpriced').notNull().default(0),
    /** Milliseconds to the first token, of so many replies. */
    firstMs: integer('first_ms').notNull().default(0),
    firsts: integer('firsts').notNull().default(0),
    /** Milliseconds from the beginning to the end, of so many turns. */
    totalMs: integer('total_ms').notNull().default(0),
    totals: integer('totals').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.owner, table.day, table.model, table.keyId] }),
    index('usage_day').on(table.day),
  ],
);
