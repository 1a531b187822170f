import { AppError } from '@/lib/errors';
import { hasAccount, type Principal } from '@/lib/accounts/principal';
import { hashOfToken } from '@/lib/accounts/token';
import { signInToken } from './cookies/sign-in-cookie';

/** The hash of the token of the sign-in that a request came with; null for one that came with something else. Throws
 * `unauthenticated` where the sign-in of a person cannot be read. */
export function ownSignIn(
  request: Parameters<typeof signInToken>[0],
  principal: Principal,
): string | null {
  if (!hasAccount(principal)) return null;
  const token = signInToken(request);
  // The middleware has read it: nothing may count as done without a sign-in.
  if (token === null) throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
  return hashOfToken(token);
}
