import type { SignInStore } from '@/lib/accounts/account-store';
import type { KeyStore } from '@/lib/accounts/keys/key-store';
import type { Database } from '@/lib/env/database';
import { keyStore } from './accounts/keys';
import { signInStore } from './accounts/sign-ins';
import { openDatabase } from './engine/client';
import type { RateCounts } from './engine/rate-counts';

/** The part of the store that tells who makes a request and how often. */
export interface Credentials {
  readonly keys: KeyStore;
  readonly signIns: SignInStore;
  readonly rates: RateCounts | null;
}

/** Opens it in a process that needs nothing else of the store. Migrates nothing. */
export async function openCredentials(database: Database): Promise<Credentials> {
  const db = await openDatabase(database);
  return { keys: keyStore(db), signIns: signInStore(db), rates: db.rates };
}
