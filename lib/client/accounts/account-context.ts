import { createContext, useContext } from 'react';

/** The person or operator who uses the page; null for a visitor. */
export interface Account {
  readonly role: 'member' | 'operator';
  /** False for an operator who is known by a proxy, or by using this machine. */
  readonly isPerson: boolean;
}

/** Null for everybody else. */
export const AccountContext = createContext<Account | null>(null);

export const useAccount = (): Account | null => useContext(AccountContext);
