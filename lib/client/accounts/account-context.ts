import { createContext, useContext } from 'react';

/** Who uses the page, where more is known than that it is somebody. */
export interface Account {
  readonly role: 'member' | 'operator';
  /** False for an operator whom a proxy names, or who sits at the machine. */
  readonly isPerson: boolean;
}

/** Null for everybody else. */
export const AccountContext = createContext<Account | null>(null);

export const useAccount = (): Account | null => useContext(AccountContext);
