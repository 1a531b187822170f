import { openDatabase, type Db } from '@/db/engine/client';
import { copiedTables } from '@/db/engine/copies/copied-tables';
import { readRows } from '@/db/engine/copies/read-rows';
import { migrate } from '@/db/engine/migrate';
import type { Database } from '@/lib/env/database';

/** Migrates and opens a database, and closes it afterwards. */
export async function using<Result>(
  database: Database,
  use: (db: Db) => Promise<Result>,
): Promise<Result> {
  await migrate(database);
  const db = await openDatabase(database);
  try {
    return await use(db);
  } finally {
    await db.close();
  }
}

/** All rows of all tables, by name. */
export const contentOf = (database: Database) =>
  using(database, (db) =>
    db.read(async (query) => {
      const content: Record<string, unknown[]> = {};
      for (const each of copiedTables(database.dialect)) {
        const all: unknown[] = [];
        for await (const rows of readRows(query, each)) all.push(...rows);
        content[each.name] = all;
      }
      return content;
    }),
  );
