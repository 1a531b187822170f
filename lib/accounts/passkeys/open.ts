import { randomUUID } from 'node:crypto';
import type { AccountStore } from '../account-store';
import { newToken } from '../token';
import { openPasskeys, type Passkeys } from './passkeys';

/** Passkeys with real tokens and time. */
export const realPasskeys = (store: AccountStore): Passkeys =>
  openPasskeys({ store, newToken, newId: randomUUID, now: () => new Date() });
