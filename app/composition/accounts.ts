import 'server-only';
import type { Store } from '@/db/store';
import { reachesNobodyElse } from '@/lib/accounts/access';
import type { Accounts } from '@/lib/accounts/accounts';
import { watchSignIns, type SignInWatch } from '@/lib/accounts/watch-sign-ins';
import { accountsWithArgon2 } from '@/lib/accounts/with-argon2';
import type { Env } from '@/lib/env';
import { isBehindServer } from '@/lib/http/network/client-address';
import { log } from '@/lib/log';
import { backgroundClock } from './background-clock';

/** Null unless people sign in (ACCESS=accounts). */
interface AccountServices {
  readonly accounts: Accounts | null;
  readonly signInWatch: SignInWatch | null;
}

export const openAccountServices = (configuration: Env, { accounts }: Store): AccountServices =>
  configuration.ACCESS === 'accounts'
    ? {
        accounts: accountsWithArgon2(accounts, {
          signUp: configuration.SIGN_UP,
          isPrivate: isBehindServer() && reachesNobodyElse(configuration),
        }),
        signInWatch: watchSignIns({ store: accounts.signIns, clock: backgroundClock, log: log() }),
      }
    : { accounts: null, signInWatch: null };
