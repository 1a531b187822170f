import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from '@/db/store';

/** A migrated SQLite store in a new folder; `remove` closes the store and deletes the folder. */
export async function temporaryStore(): Promise<{ store: Store; remove: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-'));
  const store = await openStore({ dialect: 'sqlite', file: path.join(folder, 'app.db') });
  return {
    store,
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
