import type { AccountStore, NewBrowser } from './account-store';
import type { Browser, SignInResult } from './accounts';
import { hashOfToken } from './token';

/** The effects that signing a browser in needs. */
export interface SignInDeps {
  readonly store: Pick<AccountStore, 'signIns'>;
  readonly newToken: () => string;
  readonly newId: () => string;
  readonly now: () => Date;
}

/**
 * Signs a browser in, with a new token; its previous one no longer works. `enter` stores the sign-in and returns the
 * person's id.
 */
export async function signInBrowser(
  { store, newToken, newId, now }: SignInDeps,
  { device, before }: Browser,
  enter: (browser: NewBrowser) => Promise<string>,
): Promise<SignInResult> {
  const token = newToken();
  const tokenHash = hashOfToken(token);
  const personId = await enter({ id: newId(), tokenHash, device, now: now() });
  if (before !== null) await store.signIns.revokeToken(hashOfToken(before));
  return { personId, token };
}
