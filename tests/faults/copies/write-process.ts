import { randomUUID } from 'node:crypto';
import { openStore } from '@/db/store';
import type { Database } from '@/lib/env/database';

/** Appends messages to a session until it is killed; prints the number of each that is stored. */
const { database, owner, sessionId } = JSON.parse(process.argv[2] ?? '') as {
  database: Database;
  owner: string;
  sessionId: string;
};
const store = await openStore(database);
for (;;) {
  const message = { role: 'user', content: 'word '.repeat(50) } as const;
  const appended = { owner, sessionId, id: randomUUID(), message, now: new Date() };
  const { seq } = await store.messages.append(appended);
  console.log(seq);
}
