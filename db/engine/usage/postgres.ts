import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** The whole deployment's use of the upstream on a UTC day, such as 2026-01-31. */
export const dailyUse = pgTable('daily_use', {
  day: text('day').primaryKey(),
  turns: integer('turns').notNull().default(0),
  tokens: bigint('tokens', { mode: 'number' }).notNull().default(0),
  micros: bigint('micros', { mode: 'number' }).notNull().default(0),
});

/** What an owner used of a model on a UTC day, summed. No row is for a request: it has no texts. */
export const usage = pgTable(
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
    input: bigint('input', { mode: 'number' }).notNull().default(0),
    output: bigint('output', { mode: 'number' }).notNull().default(0),
    micros: bigint('micros', { mode: 'number' }).notNull().default(0),
    /** Requests whose cost is unknown. */
    unpriced: integer('unpriced').notNull().default(0),
    /** Milliseconds to the first token, of so many replies. */
    firstMs: bigint('first_ms', { mode: 'number' }).notNull().default(0),
    firsts: integer('firsts').notNull().default(0),
    /** Milliseconds from the beginning to the end, of so many turns. */
    totalMs: bigint('total_ms', { mode: 'number' }).notNull().default(0),
    totals: integer('totals').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.owner, table.day, table.model, table.keyId] }),
    index('usage_day').on(table.day),
  ],
);
