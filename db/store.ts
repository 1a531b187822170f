// Only `db/engine` imports the drivers. Every query by a client’s id checks the owner in its WHERE.
import 'server-only';
import type { AccountStore } from '@/lib/accounts/account-store';
import type { WayStore } from '@/lib/accounts/ways/way-store';
import type { KeyStore } from '@/lib/accounts/keys/key-store';
import type { PromptStore } from '@/lib/chat/turn/prompt-store';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Database } from '@/lib/env/database';
import type { BranchStore } from '@/lib/sessions/branches/branch-store';
import type { MemoryStore } from '@/lib/sessions/memory/memory';
import type { AboutStore } from '@/lib/sessions/about/about';
import type { TransferStore } from '@/lib/sessions/export/transfer-store';
import type { OwnerStore } from '@/lib/sessions/owner-store';
import type { MessageStore, SessionStore } from '@/lib/sessions/session-store';
import type { BulkStore } from '@/lib/sessions/bulk/bulk-store';
import type { UsageStore } from '@/lib/usage/usage-store';
import type { FilterStore } from '@/lib/sessions/lists/filter-store';
import { accountStore } from '@/db/accounts/accounts';
import { wayStore } from '@/db/accounts/ways/way-store';
import { keyStore } from '@/db/accounts/keys';
import { branchStore } from '@/db/branches/branches';
import { bulkStore } from '@/db/bulk/bulk';
import { filterStore } from '@/db/filters/filters';
import { UNBOUNDED } from '@/db/quotas/bounds';
import { openDatabase, type Db } from '@/db/engine/client';
import { postgresFullText } from '@/db/engine/full-text/postgres';
import { sqliteFullText } from '@/db/engine/full-text/sqlite';
import { aboutStore } from '@/db/memory/about';
import { memoryChanges } from '@/db/memory/change-memory';
import { memoryHistory } from '@/db/memory/memory-history';
import { promptStore } from '@/db/prompts/prompts';
import { memoryStore } from '@/db/memory/memory';
import { messageStore } from '@/db/messages/messages';
import { migrate, shippedMigrations } from '@/db/engine/migrate';
import { ownerStore } from './owners';
import { searchStore } from '@/db/search/search';
import type { SearchStore } from '@/lib/search/search';
import type { RateCounts } from '@/db/engine/rate-counts';
import { sessionStore } from '@/db/sessions/sessions';
import type { SettingsStore } from '@/lib/settings/settings';
import { settingsStore } from '@/db/settings/settings';
import { transferStore } from '@/db/transfers/transfers';
import { turnStore } from '@/db/turns/turns';
import { usageStore } from '@/db/usage/usage';

export interface Store {
  readonly sessions: SessionStore;
  readonly messages: MessageStore;
  readonly bulk: BulkStore;
  readonly filters: FilterStore;
  readonly branches: BranchStore;
  readonly turns: TurnStore;
  readonly prompts: PromptStore;
  readonly memory: MemoryStore;
  readonly about: AboutStore;
  readonly owners: OwnerStore;
  readonly keys: KeyStore;
  readonly accounts: AccountStore;
  readonly ways: WayStore;
  readonly search: SearchStore;
  readonly transfers: TransferStore;
  readonly usage: UsageStore;
  readonly settings: SettingsStore;
  readonly rates: RateCounts | null;
  /** True when the database has every migration of this version. Throws `unavailable`. */
  isMigrated(): Promise<boolean>;
  connections: Db['connections'];
  close(): Promise<void>;
}

const FULL_TEXT = { sqlite: sqliteFullText, postgres: postgresFullText };

/** Migrates the database and opens it. The caller closes the store. */
export async function openStore(database: Database, bounds = UNBOUNDED): Promise<Store> {
  await migrate(database);
  const db = await openDatabase(database);
  const shipped = shippedMigrations(database.dialect);
  return {
    sessions: sessionStore(db, bounds),
    messages: messageStore(db, bounds),
    bulk: bulkStore(db),
    filters: filterStore(db),
    branches: branchStore(db, bounds),
    turns: turnStore(db, bounds),
    prompts: promptStore(db),
    memory: { ...memoryStore(db, bounds), ...memoryChanges(db, bounds), ...memoryHistory(db) },
    about: aboutStore(db, bounds),
    owners: ownerStore(db),
    keys: keyStore(db),
    accounts: accountStore(db),
    ways: wayStore(db),
    search: searchStore({ db, fullText: FULL_TEXT[database.dialect] }),
    transfers: transferStore(db, bounds),
    usage: usageStore(db, bounds),
    settings: settingsStore(db),
    rates: db.rates,
    isMigrated: async () => (await db.appliedMigrations()) >= shipped,
    connections: () => db.connections(),
    close: () => db.close(),
  };
}
