import { existsSync } from 'node:fs';
import type { Database } from '@/lib/env/database';
import { finishReplacing } from '@/db/engine/files/replace-file';
import { withFileLock } from '@/db/engine/migrate';

/** Finishes a restore that was killed, so that the next read sees the restored database. */
export async function settle(database: Database): Promise<void> {
  if (database.dialect !== 'sqlite' || !existsSync(database.file)) return;
  await withFileLock(database.file, () => {
    finishReplacing(database.file);
    return Promise.resolve();
  });
}
