import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Processes that run turns, or did a few minutes ago. */
export const instances = sqliteTable('instances', {
  name: text('name').primaryKey(),
  heartbeat: integer('heartbeat', { mode: 'timestamp_ms' }).notNull(),
});
