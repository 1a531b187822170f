import 'server-only';
import { notFound } from 'next/navigation';
import type { Accounts } from '@/lib/accounts/accounts';
import { localPath } from '@/lib/accounts/local-path';
import type { Role } from '@/lib/accounts/person';
import { hasAccount, personOf } from '@/lib/accounts/principal';
import { hashOfToken } from '@/lib/accounts/token';
import { signInTokenOfPage, visitorOfPage } from '@/lib/http/identity/cookies/visitor-of';
import { readForPage } from '@/lib/http/identity/page-identity';
import { services, type Services } from './composition';

export interface EntranceProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

interface EntranceData {
  readonly next: string;
  readonly problem: { readonly kind: string; readonly reason: string } | null;
  readonly isSignedIn: boolean;
  /** There is no account yet. */
  readonly isEmpty: boolean;
  /** The first account needs the link that the server printed. */
  readonly needsFirstLink: boolean;
  /** Some people may make an account without an invitation. */
  readonly isOpen: boolean;
}

/** Shows "not found" unless ACCESS is `accounts`. */
async function withAccounts(): Promise<{ store: Services['store']; accounts: Accounts }> {
  const { store, accounts } = await services();
  if (!accounts) notFound();
  return { store, accounts };
}

/** What a page for signing in needs. */
export async function entranceData(asked: EntranceProps['searchParams']): Promise<EntranceData> {
  const { store, accounts } = await withAccounts();
  const { next, problem } = await asked;
  const [, kind = '', reason = ''] =
    /^([a-z-]{1,40})\.([A-Za-z_-]{0,40})$/.exec(typeof problem === 'string' ? problem : '') ?? [];
  return {
    next: localPath(typeof next === 'string' ? next : null),
    problem: kind ? { kind, reason } : null,
    isSignedIn: await readForPage((principal) => Promise.resolve(hasAccount(principal))),
    isEmpty: await store.accounts.people.isEmpty(),
    isOpen: accounts.isOpen,
    needsFirstLink: accounts.needsFirstLink,
  };
}

/** The role of the person who is signed in; null for a visitor, and for a person whom a proxy names. */
export const signedInRole = (): Promise<Role | null> =>
  readForPage((principal) => Promise.resolve(hasAccount(principal) ? principal.role : null));

/** What the page of one's account shows. */
export async function accountData() {
  const { store } = await withAccounts();
  return readForPage(async (principal) => {
    const id = personOf(principal);
    const visitor = await visitorOfPage();
    const [person, signIns, token, claimable] = await Promise.all([
      store.accounts.people.get(id),
      store.accounts.signIns.list(id, new Date()),
      signInTokenOfPage(),
      visitor === null ? 0 : store.accounts.claims.countOf(visitor),
    ]);
    if (!person) notFound();
    const own = token === null ? null : hashOfToken(token);
    const shown = signIns.map((row) => ({ ...row, current: row.tokenHash === own }));
    return { person, signIns: shown, claimable };
  });
}

/** How many sessions this browser has from before its person signed in, and where to go then. */
export async function claimData(asked: EntranceProps['searchParams']) {
  const { store } = await withAccounts();
  const { next } = await asked;
  const visitor = await visitorOfPage();
  return {
    next: localPath(typeof next === 'string' ? next : null),
    count: visitor === null ? 0 : await store.accounts.claims.countOf(visitor),
  };
}

/** What the operator's page shows; "not found" for others. */
export async function peopleData() {
  const { store } = await withAccounts();
  return readForPage(async (principal) => {
    if (principal.role !== 'operator') notFound();
    const [people, links] = await Promise.all([
      store.accounts.people.list(),
      store.accounts.links.list(new Date()),
    ]);
    return { people, links, own: personOf(principal) };
  });
}
