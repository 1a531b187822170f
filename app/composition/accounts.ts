import 'server-only';
import type { Store } from '@/db/store';
import { reachesNobodyElse } from '@/lib/accounts/access';
import type { Accounts } from '@/lib/accounts/accounts';
import { realPasskeys } from '@/lib/accounts/passkeys/open';
import type { Passkeys } from '@/lib/accounts/passkeys/passkeys';
import { signInAtProvider } from '@/lib/accounts/provider/open';
import type { ProviderSignIn } from '@/lib/accounts/provider/provider-sign-in';
import { watchRevocations, type RevocationWatch } from '@/lib/accounts/watch-revocations';
import { accountsWithArgon2 } from '@/lib/accounts/with-argon2';
import { env, type Env } from '@/lib/env';
import { isBehindServer } from '@/lib/http/network/client-address';
import { log } from '@/lib/log';
import { backgroundClock } from './background-clock';

interface AccountServices {
  /** Null, like the rest, unless people sign in (ACCESS=accounts). */
  readonly accounts: Accounts | null;
  /** Null also without a provider of OpenID Connect. */
  readonly provider: ProviderSignIn | null;
  readonly passkeys: Passkeys | null;
}

export function openAccountServices(
  configuration: Env,
  { accounts: store, ways }: Store,
): AccountServices {
  if (configuration.ACCESS !== 'accounts')
    return { accounts: null, provider: null, passkeys: null };
  const { OIDC: provider } = configuration;
  const rules = {
    signUp: () => env().SIGN_UP,
    isPrivate: isBehindServer() && reachesNobodyElse(configuration),
  };
  return {
    accounts: accountsWithArgon2(store, rules),
    passkeys: realPasskeys({ store, ways }),
    provider: provider && signInAtProvider({ store, ways }, provider, rules, log()),
  };
}

export function openWatches({
  accounts,
  keys,
}: Store): Record<'signIns' | 'keys', RevocationWatch> {
  const common = { clock: backgroundClock, log: log() };
  return {
    signIns: watchRevocations({ stillValid: accounts.signIns.stillSignedIn, ...common }),
    keys: watchRevocations({ stillValid: keys.stillValid, ...common }),
  };
}
