import { hashOfToken } from '@/lib/accounts/token';
import { user, type Principal } from '@/lib/accounts/principal';
import type { SignInStore } from '@/lib/accounts/account-store';
import { unavailable } from '@/lib/errors';

type Lookup = SignInStore['signedIn'];

const PLACE = Symbol.for('ask-next.signed-in');
/** Next bundles the middleware separately, so it finds the store through `globalThis`. */
const shared = globalThis as { [PLACE]?: Lookup };

export function shareSignIns(lookup: Lookup): void {
  shared[PLACE] = lookup;
}

/** The person whose sign-in has this token; one read, so that revoking takes effect at once on every instance. */
export async function signedInBy(token: string): Promise<Principal | null> {
  const lookup = shared[PLACE];
  if (!lookup) throw unavailable('store');
  const signedIn = await lookup(hashOfToken(token), new Date());
  return signedIn && user(signedIn.personId, signedIn.role);
}
