import { randomUUID } from 'node:crypto';
import type { AccountStore } from './account-store';
import { openAccounts, type Accounts } from './accounts';
import { hashPassword, isPassword } from './password';
import type { SignUp } from './sign-up-policy';
import { newToken } from './token';

/** Accounts with real hashes, tokens and time. */
export const accountsWithArgon2 = (
  store: AccountStore,
  { signUp, isPrivate }: { readonly signUp: () => SignUp; readonly isPrivate: boolean },
): Accounts =>
  openAccounts({
    store,
    hashPassword,
    isPassword,
    newToken,
    newId: randomUUID,
    now: () => new Date(),
    signUp,
    isPrivate,
  });
