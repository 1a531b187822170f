import { AppError, invalidFields } from '@/lib/errors';
import { PRINTED, type AccountStore, type NewBrowser } from './account-store';
import { signInBrowser } from './sign-in-browser';
import { loginOf, PASSWORD_MIN, type LinkKind, type Person } from './person';
import { isOpenTo, maySignUp, type SignUp } from './sign-up-policy';
import { hashOfToken } from './token';

const wrongPassword = () => new AppError({ kind: 'unauthenticated', reason: 'wrong-password' });

interface Deps {
  readonly store: AccountStore;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly isPassword: (password: string, hash: string | null) => Promise<boolean>;
  readonly newToken: () => string;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Who may make an account without an invitation, now. */
  readonly signUp: () => SignUp;
  /** Whether the first account, the operator's, needs no link: only this machine can connect. */
  readonly isPrivate: boolean;
}

/** The browser that signs in. */
export interface Browser {
  readonly device: string;
  /** The token it was signed in with until now; null: none. */
  readonly before: string | null;
}

/** `token` is for the browser's cookie. */
export interface SignInResult {
  readonly personId: string;
  readonly token: string;
}

interface Credentials {
  readonly name: string;
  readonly password: string;
}

interface LinkOrder {
  readonly kind: LinkKind;
  readonly personId: string | null;
  /** Null: the server. */
  readonly madeBy: string | null;
  /** The hash of the token of the maker's sign-in; null: the server. */
  readonly signIn: string | null;
  readonly note: string | null;
}

interface MadeLink {
  readonly id: string;
  readonly token: string;
  readonly endsAt: Date;
}

export interface Accounts {
  /** Whether some people may make an account without an invitation. */
  isOpen(): boolean;
  /** Whether the first account needs a link: strangers could be faster than the operator. */
  readonly needsFirstLink: boolean;
  /** The token of a link for the first account; null where it needs none, or exists. */
  firstLink(): Promise<string | null>;
  signUp(
    input: Credentials & { readonly link?: string | undefined },
    browser: Browser,
  ): Promise<SignInResult>;
  /** Null for an unknown name, and for an account without a password. */
  passwordHashOf(login: string): Promise<string | null>;
  /** Throws `unauthenticated` for an unknown name and for a wrong password alike, after the same time. */
  signIn(input: Credentials, browser: Browser): Promise<SignInResult>;
  /**
   * Opens a link: sets a new password, signs out all other browsers and deletes the person's API keys (`reset`), or only
   * signs in (`device`).
   */
  openLink(
    input: { readonly link: string; readonly password?: string | undefined },
    browser: Browser,
  ): Promise<SignInResult>;
  /**
   * Throws `unauthenticated` when `current` is not the person's password: before a way of signing in is added, so that a
   * stolen sign-in does not become a way back. An account without a password has none to confirm.
   */
  confirm(personId: string, current: string): Promise<void>;
  /** Signs out all other browsers; API keys stay. Throws `unauthenticated` when `current` is wrong. */
  changePassword(
    personId: string,
    input: { readonly current: string; readonly password: string },
    token: string | null,
  ): Promise<void>;
  /**
   * The token of a new link, which is shown once. Throws `not-found` for an unknown person, and `forbidden` for a maker who
   * is no longer an operator.
   */
  makeLink(link: LinkOrder): Promise<MadeLink>;
}

const HOUR_MS = 3_600_000;
const VALID_MS: Readonly<Record<LinkKind, number>> = {
  invitation: 7 * 24 * HOUR_MS,
  reset: 24 * HOUR_MS,
  device: HOUR_MS / 4,
};

const BY_SERVER = { personId: null, madeBy: null, signIn: null, note: PRINTED };

/** Accounts: signing up and in, links, passwords. Each sign-in gets a new token; the previous one no longer works. */
export function openAccounts(deps: Deps): Accounts {
  const { store, newId, now } = deps;
  const enterAs =
    (personId: string, password: string | null) =>
    async (browser: NewBrowser): Promise<string> => {
      await store.signIns.add({ ...browser, personId }, password);
      return personId;
    };

  return {
    isOpen: () => isOpenTo(deps.signUp()),
    needsFirstLink: !deps.isPrivate,
    async firstLink() {
      if (deps.isPrivate || !(await store.people.isEmpty())) return null;
      // A server that restarts again and again must not pile up valid links.
      await store.links.dropPrinted(new Date(now().getTime() - HOUR_MS));
      const { token } = await makeLink(deps, { kind: 'invitation', ...BY_SERVER });
      return token;
    },
    async signUp({ name, password, link }, browser) {
      const login = loginOf(name);
      const open = maySignUp(deps.signUp(), login);
      await checkMayJoin(deps, link, open);
      const hash = await deps.hashPassword(password);
      const person: Person = await store.people.add({
        id: newId(),
        name,
        login,
        password: hash,
        invitation: link === undefined ? null : hashOfToken(link),
        open,
        mayBeFirst: deps.isPrivate,
        now: now(),
      });
      return signInBrowser(deps, browser, enterAs(person.id, hash));
    },

    passwordHashOf: async (login) => (await store.people.passwordOf(login))?.password ?? null,

    async signIn({ name, password }, browser) {
      const account = await store.people.passwordOf(loginOf(name));
      const isRight = await deps.isPassword(password, account?.password ?? null);
      if (!account || !isRight) throw wrongPassword();
      return signInBrowser(deps, browser, enterAs(account.id, account.password));
    },

    async openLink(input, browser) {
      const password = await passwordForLink(deps, input);
      const tokenHash = hashOfToken(input.link);
      return signInBrowser(deps, browser, (signIn) =>
        store.links.open(tokenHash, password, signIn),
      );
    },

    async confirm(personId, current) {
      await confirmedHash(deps, personId, current);
    },

    async changePassword(personId, { current, password }, signIn) {
      const was = await confirmedHash(deps, personId, current);
      const hash = await deps.hashPassword(password);
      await store.people.changePassword(personId, { was, password: hash, signIn });
    },

    makeLink: (link) => makeLink(deps, link),
  };
}

/** The hash of the person's password; null without one, since the person signed in by another way. */
async function confirmedHash(
  { store, isPassword }: Deps,
  personId: string,
  current: string,
): Promise<string | null> {
  const hash = await store.people.passwordHashOf(personId);
  const isRight = await isPassword(current, hash);
  if (hash !== null && !isRight) throw wrongPassword();
  return hash;
}

async function makeLink({ store, newToken, newId, now }: Deps, link: LinkOrder): Promise<MadeLink> {
  const { kind, personId } = link;
  if (personId !== null && !(await store.people.get(personId)))
    throw new AppError({ kind: 'not-found', reason: 'person' });
  const [id, token] = [newId(), newToken()];
  const endsAt = new Date(now().getTime() + VALID_MS[kind]);
  const tokenHash = hashOfToken(token);
  await store.links.add({ ...link, id, tokenHash, now: now(), endsAt });
  return { id, token, endsAt };
}

/** The hash of the new password that a link asks for; null for one that asks for none. */
async function passwordForLink(
  { store, now, hashPassword }: Deps,
  { link, password }: { readonly link: string; readonly password?: string | undefined },
): Promise<string | null> {
  const kind = await store.links.kindOf(hashOfToken(link), now());
  if (kind === 'invitation') throw new AppError({ kind: 'not-found', reason: 'link' });
  if (kind === 'device') return null;
  if (password === undefined) throw noPassword();
  return hashPassword(password);
}

/** Before the password is hashed, which takes time. The store checks again in the transaction that adds the person. */
async function checkMayJoin(
  { store, now, isPrivate }: Deps,
  link: string | undefined,
  open: boolean,
): Promise<void> {
  if (link !== undefined) {
    const kind = await store.links.kindOf(hashOfToken(link), now());
    if (kind !== 'invitation') throw new AppError({ kind: 'not-found', reason: 'link' });
  } else if (!(await store.people.isEmpty())) {
    if (!open) throw new AppError({ kind: 'forbidden', reason: 'sign-up-closed' });
  } else if (!isPrivate) throw new AppError({ kind: 'forbidden', reason: 'first-account' });
}

const noPassword = () =>
  invalidFields([
    {
      loc: ['password'],
      msg: `Choose a new password of at least ${String(PASSWORD_MIN)} characters`,
      type: 'required',
    },
  ]);
