import { services, type Services } from '@/app/composition';
import type { Accounts } from '@/lib/accounts/accounts';
import { AppError } from '@/lib/errors';

/** Throws `not-found` unless ACCESS is `accounts`. */
export async function requireAccounts(): Promise<{ accounts: Accounts; services: Services }> {
  const opened = await services();
  if (!opened.accounts) throw new AppError({ kind: 'not-found', reason: 'address' });
  return { accounts: opened.accounts, services: opened };
}
