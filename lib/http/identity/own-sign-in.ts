import { hasAccount, type Principal } from '@/lib/accounts/principal';
import { hashOfToken } from '@/lib/accounts/token';
import { signInToken } from './cookies/sign-in-cookie';

/** The hash of the token of the sign-in that a request came with; null for one that came with something else. */
export function ownSignIn(
  request: Parameters<typeof signInToken>[0],
  principal: Principal,
): string | null {
  const token = hasAccount(principal) ? signInToken(request) : null;
  return token === null ? null : hashOfToken(token);
}
