import 'server-only';
import type { TurnStore } from '@/lib/chat/turn-store';
import type { Database } from '@/lib/env';
import type { MemoryStore } from '@/lib/sessions/memory';
import type { MessageStore, SessionStore } from '@/lib/sessions/session-store';
import { openDatabase } from './client';
import { memoryStore } from './memory';
import { messageStore } from './messages';
import { migrate, shippedMigrations } from './migrate';
import { sessionStore } from './sessions';
import { turnStore } from './turns';

export interface Store {
  readonly sessions: SessionStore;
  readonly messages: MessageStore;
  readonly turns: TurnStore;
  readonly memory: MemoryStore;
  /** True when the database answers and has every migration of this version. Throws `unavailable` when it does not answer. */
  isMigrated(): Promise<boolean>;
  close(): Promise<void>;
}

/** Migrates and opens. */
export async function openStore(database: Database): Promise<Store> {
  await migrate(database);
  const db = await openDatabase(database);
  const shipped = shippedMigrations(database.dialect);
  return {
    sessions: sessionStore(db),
    messages: messageStore(db),
    turns: turnStore(db),
    memory: memoryStore(db),
    isMigrated: async () => (await db.appliedMigrations()) >= shipped,
    close: () => db.close(),
  };
}
