import { randomUUID } from 'node:crypto';
import type { AccountStore } from '../account-store';
import type { WayStore } from '../ways/way-store';
import { newToken } from '../token';
import { openPasskeys, type Passkeys } from './passkeys';

/** Passkeys with real tokens and time. */
export const realPasskeys = (stores: {
  readonly store: AccountStore;
  readonly ways: WayStore;
}): Passkeys => openPasskeys({ ...stores, newToken, newId: randomUUID, now: () => new Date() });
