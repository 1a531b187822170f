import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Db } from '@/db/engine/client';
import { migrate } from '@/db/engine/migrate';
import type { EmptyDatabase } from '../databases/engines';

/** A migrated database for the tests of a block, available once they run; `db` gives access to its tables. */
export interface MigratedDatabase {
  place: EmptyDatabase;
  db: Db;
}

export function migratedDatabase(empty: () => Promise<EmptyDatabase>): MigratedDatabase {
  const opened = {} as MigratedDatabase;
  beforeAll(async () => {
    opened.place = await empty();
    await migrate(opened.place.database);
    opened.db = await openDatabase(opened.place.database);
  });
  afterAll(async () => {
    await opened.db.close();
    await opened.place.remove();
  });
  return opened;
}
