import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { SettingName } from '@/lib/env/changeable';

/** What operators set in the page, as they wrote it. */
export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

export const settingChanges = pgTable(
  'setting_changes',
  {
    id: text('id').primaryKey(),
    name: text('name').$type<SettingName>().notNull(),
    /** Null: it was not set. */
    before: text('before'),
    /** Null: it is not set any more. */
    after: text('after'),
    /** The owner who changed it. */
    changedBy: text('changed_by').notNull(),
    changedAt: timestamp('changed_at', {
      withTimezone: true,
      precision: 3,
      mode: 'date',
    }).notNull(),
  },
  (table) => [index('setting_changes_time').on(table.changedAt, table.id)],
);
