import { randomUUID } from 'node:crypto';
import { openStore } from '@/db/store';
import type { Database } from '@/lib/env/database';

/** The argument of a separate process that writes to a store, as JSON. */
export interface Appending {
  readonly database: Database;
  readonly owner: string;
  readonly sessionId: string;
  readonly messages: number;
}

const { database, owner, sessionId, messages } = JSON.parse(process.argv[2] ?? '') as Appending;
const store = await openStore(database);
if (!(await store.isMigrated())) throw new Error('not migrated');
for (let n = 0; n < messages; n += 1) {
  const message = { role: 'user', content: String(n) } as const;
  await store.messages.append({ owner, sessionId, id: randomUUID(), message, now: new Date() });
}
await store.close();
