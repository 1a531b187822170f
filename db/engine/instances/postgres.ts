import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Processes that run turns, or did a few minutes ago. */
export const instances = pgTable('instances', {
  name: text('name').primaryKey(),
  heartbeat: timestamp('heartbeat', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
});
