import type { Services } from '@/app/composition';
import type { Accounts } from '@/lib/accounts/accounts';
import type { ProviderSignIn } from '@/lib/accounts/provider/provider-sign-in';
import { AppError } from '@/lib/errors';
import { requireAccounts } from '../accounts';

interface Opened {
  readonly accounts: Accounts;
  readonly provider: ProviderSignIn;
  readonly services: Services;
}

/** Throws `not-found` unless people can sign in at a provider. */
export async function requireProvider(): Promise<Opened> {
  const { accounts, services } = await requireAccounts();
  const { provider } = services;
  if (!provider) throw new AppError({ kind: 'not-found', reason: 'address' });
  return { accounts, provider, services };
}
