import { hashOfToken } from '@/lib/accounts/token';
import { user, type Principal } from '@/lib/accounts/principal';
import type { SignInStore } from '@/lib/accounts/account-store';
import { causesOf, unavailable } from '@/lib/errors';
import { log } from '@/lib/log';

type SignIns = Pick<SignInStore, 'signedIn' | 'used'>;
type Open = () => Promise<SignIns>;

const PLACE = Symbol.for('ask-next.signed-in');
/** Next bundles the middleware separately, so it finds the store through `globalThis`. */
const shared = globalThis as { [PLACE]?: Open };

export function shareSignIns(open: Open): void {
  shared[PLACE] = open;
}

/** False in a process in which the store was not opened. */
export const areSignInsShared = (): boolean => shared[PLACE] !== undefined;

/** Sign-ins whose use is being written. */
const writing = new Set<string>();

/** The person whose sign-in has this token; one read, so that revoking takes effect at once on every instance. */
export async function signedInBy(token: string): Promise<Principal | null> {
  const open = shared[PLACE];
  if (!open) throw unavailable('store');
  const signIns = await open();
  const now = new Date();
  const found = await signIns.signedIn(hashOfToken(token), now);
  if (!found) return null;
  if (!found.isNoted && !writing.has(found.id)) void noteUse(signIns, found.id, now);
  return user(found.personId, found.role);
}

/** In the background: no request waits for it. */
async function noteUse(signIns: SignIns, id: string, now: Date): Promise<void> {
  writing.add(id);
  try {
    await signIns.used(id, now);
  } catch (cause) {
    log().warn({ event: 'accounts.use_failed', cause: causesOf(cause) });
  } finally {
    writing.delete(id);
  }
}
