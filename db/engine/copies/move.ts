import type { Database } from '@/lib/env/database';
import { migrate } from '@/db/engine/migrate';
import type { CopiedRows, Side } from './copy-tables';
import { checkUnusedPostgres, fromPostgres, intoPostgres } from './postgres-side';
import { checkUnused, replaceDatabase } from './replace-database';
import { settle } from './settle';
import { fromSqlite, intoNewFile } from './sqlite-side';

/**
 * Copies everything into an empty database of either kind, all or nothing, as it is at one moment. Resolves when each
 * table is there and was compared. The search index is made again by the server.
 */
export async function move(
  from: Database,
  to: Database,
  copied: (table: CopiedRows) => void,
): Promise<void> {
  await settle(from);
  // A running server's writes would be lost.
  if (from.dialect === 'sqlite') await checkUnused(from.file);
  else await checkUnusedPostgres(from.url);
  if (to.dialect === 'postgres') {
    await migrate(to);
    await reading(from, (side) => intoPostgres(to.url, side, { replace: false, copied }));
    return;
  }
  await replaceDatabase(to.file, false, async (draft) => {
    await reading(from, (side) => intoNewFile(draft, side, copied));
    return null;
  });
}

const reading = (from: Database, use: (side: Side) => Promise<void>): Promise<void> =>
  from.dialect === 'sqlite' ? fromSqlite(from.file, use) : fromPostgres(from.url, use);
