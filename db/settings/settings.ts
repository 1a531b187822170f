import { randomUUID } from 'node:crypto';
import { desc, eq, inArray, sql } from 'drizzle-orm';
import { lockOperator } from '@/db/accounts/lock-maker';
import type { Db } from '@/db/engine/client';
import { SETTING_NAMES, type StoredSettings } from '@/lib/env/changeable';
import type { SettingsStore } from '@/lib/settings/settings';

export function settingsStore(db: Db): SettingsStore {
  const { settings, settingChanges } = db.tables;
  return {
    async read() {
      const rows = await db.read((query) => query.select().from(settings).orderBy(settings.name));
      const stored = new Map(rows.map(({ name, value }) => [name, value]));
      // A later version may have stored others.
      return Object.fromEntries(
        SETTING_NAMES.flatMap((name) => (stored.has(name) ? [[name, stored.get(name)]] : [])),
      ) as StoredSettings;
    },
    change: ({ values, by, maker, now }) =>
      db.transaction(async (query) => {
        if (maker) await lockOperator(query, db.tables, maker);
        const names = SETTING_NAMES.filter((name) => values[name] !== undefined);
        // Written, not read: of two changes at once the second one waits, and sees the first.
        const rows = await query
          .update(settings)
          .set({ value: sql`${settings.value}` })
          .where(inArray(settings.name, names))
          .returning();
        const stored = new Map(rows.map(({ name, value }) => [name, value]));
        for (const name of names) {
          const before = stored.get(name) ?? null;
          const after = values[name] ?? null;
          if (before === after) continue;
          if (after === null) await query.delete(settings).where(eq(settings.name, name));
          else
            await query
              .insert(settings)
              .values({ name, value: after })
              .onConflictDoUpdate({ target: settings.name, set: { value: after } });
          const id = randomUUID();
          const change = { id, name, before, after, changedBy: by, changedAt: now };
          await query.insert(settingChanges).values(change);
        }
      }),
    history: (limit) =>
      db.read((query) =>
        query
          .select()
          .from(settingChanges)
          .orderBy(desc(settingChanges.changedAt), desc(settingChanges.id))
          .limit(limit),
      ),
  };
}
