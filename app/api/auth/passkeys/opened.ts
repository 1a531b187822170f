import type { Services } from '@/app/composition';
import type { Accounts } from '@/lib/accounts/accounts';
import type { Passkeys } from '@/lib/accounts/passkeys/passkeys';
import { relyingParty, type RelyingParty } from '@/lib/accounts/passkeys/relying-party';
import { AppError } from '@/lib/errors';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { requireAccounts } from '../accounts';

interface Opened {
  readonly accounts: Accounts;
  readonly passkeys: Passkeys;
  readonly services: Services;
}

/** Throws `not-found` unless ACCESS is `accounts`. */
export async function requirePasskeys(): Promise<Opened> {
  const { accounts, services } = await requireAccounts();
  const { passkeys } = services;
  if (!passkeys) throw new AppError({ kind: 'not-found', reason: 'address' });
  return { accounts, passkeys, services };
}

/** This server, as the browser reaches it. */
export const partyOf = ({ headers, url }: Request): RelyingParty =>
  relyingParty(ownAddress(headers, new URL(url)).origin);
