import { existsSync } from 'node:fs';
import type { Database } from '@/lib/env/database';
import { finishReplacing } from '@/db/engine/files/replace-file';
import { alone } from '@/db/engine/migrate';

/** Goes on where a killed restore ended, so that what is read next is the restored database. */
export async function settle(database: Database): Promise<void> {
  if (database.dialect !== 'sqlite' || !existsSync(database.file)) return;
  await alone(database.file, () => {
    finishReplacing(database.file);
    return Promise.resolve();
  });
}
