import type { Accounts } from '@/lib/accounts/accounts';
import { personOf } from '@/lib/accounts/principal';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import type { RouteContext } from '@/lib/http/response/route';

/** The id of the person who is signed in and gave the right password. */
export async function confirmPerson(
  accounts: Accounts,
  { principal, address }: Pick<RouteContext, 'principal' | 'address'>,
  current = '',
): Promise<string> {
  const id = personOf(principal);
  // By the account: a stolen sign-in must not be able to guess either.
  await countAttempt({ address, login: principal.owner, device: null });
  await accounts.confirm(id, current);
  return id;
}
