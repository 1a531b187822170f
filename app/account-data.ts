import 'server-only';
import { notFound } from 'next/navigation';
import { localPath } from '@/lib/accounts/ways/local-path';
import { noPasskeysAt } from '@/lib/accounts/passkeys/relying-party';
import type { Role } from '@/lib/accounts/person';
import { hasAccount, personOf } from '@/lib/accounts/principal';
import { hashOfToken } from '@/lib/accounts/token';
import { signInTokenOfPage, visitorOfPage } from '@/lib/http/identity/cookies/visitor-of';
import { readForPage } from '@/lib/http/identity/page-identity';
import { originOfPage } from '@/lib/http/identity/page-origin';
import { personSentence } from '@/lib/texts/person-sentence';
import { services } from './composition';
import { pageTexts } from '@/lib/http/identity/asked-language';

export interface AuthPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

type ShownProblem = PageProblem | null;

interface PageProblem {
  readonly kind: string;
  readonly reason: string;
  readonly error: string;
}

interface AuthPageData {
  readonly next: string;
  readonly problem: ShownProblem;
  readonly isSignedIn: boolean;
  /** There is no account yet. */
  readonly isEmpty: boolean;
  /** The first account needs the link that the server printed. */
  readonly needsFirstLink: boolean;
  /** Some people may make an account without an invitation. */
  readonly isOpen: boolean;
  /** The name of the provider of OpenID Connect; null without one. */
  readonly provider: string | null;
  /** Browsers use passkeys at this address. */
  readonly hasPasskeys: boolean;
}

/** Shows "not found" unless ACCESS is `accounts`. */
async function withAccounts() {
  const { store, accounts, provider } = await services();
  if (!accounts) notFound();
  return { store, accounts, provider };
}

/** What an address says that went wrong before its page was opened. */
async function problemIn(problem: string | string[] | undefined): Promise<ShownProblem> {
  const text = typeof problem === 'string' ? problem : '';
  const [, kind = '', reason = ''] = /^([a-z-]{1,40})\.([A-Za-z_-]{0,40})$/.exec(text) ?? [];
  if (!kind) return null;
  return { kind, reason, error: personSentence(await pageTexts(), { kind, reason }) };
}

/** What a page for signing in needs. */
export async function authPageData(
  searchParams: AuthPageProps['searchParams'],
): Promise<AuthPageData> {
  const { store, accounts, provider } = await withAccounts();
  const { next, problem } = await searchParams;
  return {
    next: localPath(typeof next === 'string' ? next : null),
    problem: await problemIn(problem),
    isSignedIn: await readForPage((principal) => Promise.resolve(hasAccount(principal))),
    isEmpty: await store.accounts.people.isEmpty(),
    isOpen: accounts.isOpen(),
    needsFirstLink: accounts.needsFirstLink,
    provider: provider?.name ?? null,
    hasPasskeys: noPasskeysAt(await originOfPage()) === null,
  };
}

/** Whose menu has more than a visitor's: a person who is signed in, and every operator. */
export const shownAccount = (): Promise<{ role: Role; isPerson: boolean } | null> =>
  readForPage((principal) => {
    const isPerson = hasAccount(principal);
    const { role } = principal;
    return Promise.resolve(isPerson || role === 'operator' ? { role, isPerson } : null);
  });

/** What the page of one's account shows. */
export async function accountData(searchParams: AuthPageProps['searchParams']) {
  const { store, provider } = await withAccounts();
  const problem = await problemIn((await searchParams)['problem']);
  const noPasskeys = noPasskeysAt(await originOfPage());
  return readForPage(async (principal) => {
    const id = personOf(principal);
    const visitor = await visitorOfPage();
    const [person, signIns, token, claimable, ways, passkeys] = await Promise.all([
      store.accounts.people.get(id),
      store.accounts.signIns.list(id, new Date()),
      signInTokenOfPage(),
      visitor === null ? 0 : store.accounts.claims.countOf(visitor),
      store.ways.of(id, provider?.issuer ?? null),
      store.ways.passkeys.list(id),
    ]);
    if (!person) notFound();
    const own = token === null ? null : hashOfToken(token);
    const shown = signIns.map((row) => ({ ...row, current: row.tokenHash === own }));
    const names = { provider: provider?.name ?? null, noPasskeys, problem };
    return { person, signIns: shown, claimable, ways, passkeys, ...names };
  });
}

/** How many sessions this browser has from before its person signed in, and where to go then. */
export async function claimData(searchParams: AuthPageProps['searchParams']) {
  const { store } = await withAccounts();
  const { next } = await searchParams;
  const visitor = await visitorOfPage();
  return {
    next: localPath(typeof next === 'string' ? next : null),
    count: visitor === null ? 0 : await store.accounts.claims.countOf(visitor),
  };
}

/** What the operator's page shows; "not found" for others. */
export async function peopleData() {
  const { store, provider } = await withAccounts();
  return readForPage(async (principal) => {
    if (principal.role !== 'operator') notFound();
    const [people, links, ways] = await Promise.all([
      store.accounts.people.list(),
      store.accounts.links.list(new Date()),
      store.ways.all(provider?.issuer ?? null),
    ]);
    return { people, links, ways, provider: provider?.name ?? '', own: personOf(principal) };
  });
}
