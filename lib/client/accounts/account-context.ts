import { createContext, useContext } from 'react';

/** The person who is signed in. */
export interface Account {
  readonly role: 'member' | 'operator';
}

/** Null for a visitor. */
export const AccountContext = createContext<Account | null>(null);

export const useAccount = (): Account | null => useContext(AccountContext);
