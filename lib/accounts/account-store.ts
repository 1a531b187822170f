import type { LinkKind, Person, Role } from './person';

/** Who a browser's sign-in belongs to. */
export interface SignedIn {
  readonly id: string;
  readonly personId: string;
  readonly role: Role;
}

export interface NewSignIn {
  readonly id: string;
  readonly personId: string;
  readonly tokenHash: string;
  readonly device: string;
  readonly now: Date;
}

/** A sign-in, as its person sees it. */
export interface ListedSignIn {
  readonly id: string;
  readonly device: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly tokenHash: string;
}

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  /** Its hash. */
  readonly password: string | null;
  readonly now: Date;
  /** The hash of an invitation's token; null: none was given. */
  readonly invitation: string | null;
  /** Whether it may be made without an invitation, where there are others. */
  readonly open: boolean;
  /** The same for the first account. */
  readonly mayBeFirst: boolean;
}

export interface NewLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly tokenHash: string;
  readonly personId: string | null;
  readonly note: string | null;
  readonly now: Date;
  readonly endsAt: Date;
}

export interface ListedLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly personId: string | null;
  readonly note: string | null;
  readonly endsAt: Date;
}

/** A person in the operator's list. `seenAt`: null without a sign-in. */
export interface ListedPerson extends Person {
  readonly seenAt: Date | null;
}

/** A used link and what it was for. */
export interface UsedLink {
  readonly personId: string;
  readonly kind: LinkKind;
}

export interface SignInStore {
  /** Null for an unknown, revoked or long unused one. */
  signedIn(tokenHash: string, now: Date): Promise<SignedIn | null>;
  add(signIn: NewSignIn): Promise<void>;
  list(personId: string, now: Date): Promise<ListedSignIn[]>;
  /** Revokes one, and all links to the account. Throws `not-found` for one that is not this person's. */
  revoke(personId: string, id: string): Promise<void>;
  /** Does nothing for an unknown token. */
  revokeToken(tokenHash: string): Promise<void>;
  /** Revokes all of a person's but the one with this token, and all links to the account. */
  revokeOthers(personId: string, kept: string | null): Promise<void>;
  /** Which of these tokens are still signed in. */
  stillSignedIn(tokenHashes: readonly string[], now: Date): Promise<ReadonlySet<string>>;
}

export interface PeopleStore {
  /** True before the first account is made. */
  isEmpty(): Promise<boolean>;
  /**
   * Makes an account, the first one an operator's. Throws `forbidden` when it may not be made, `not-found` for an
   * invitation that is used or over, and `conflict` for a name that is taken.
   */
  add(person: NewPerson): Promise<Person>;
  get(id: string): Promise<Person | null>;
  list(): Promise<ListedPerson[]>;
  /** The hash of a password; null for an unknown name. */
  passwordOf(
    login: string,
  ): Promise<{ readonly id: string; readonly password: string | null } | null>;
  /** Null without a password. */
  passwordHashOf(id: string): Promise<string | null>;
  setPassword(id: string, hash: string): Promise<void>;
  /** Throws `conflict` for the last operator, `not-found` for an unknown person. */
  setRole(id: string, role: Role): Promise<Person>;
  /**
   * Deletes an account and marks its data for deletion, in one transaction. Throws `conflict` for the last operator
   * while there are others, `not-found` for an unknown person.
   */
  remove(id: string, owner: string, now: Date): Promise<void>;
}

export interface LinkStore {
  add(link: NewLink): Promise<void>;
  /** Those that can still be used. */
  list(now: Date): Promise<ListedLink[]>;
  remove(id: string): Promise<void>;
  /** What a link is for, without using it. Throws `not-found` for one that is used or over. */
  kindOf(tokenHash: string, now: Date): Promise<LinkKind>;
  /** Uses a link of one of these kinds. Throws `not-found` for one that is used or over. */
  use(tokenHash: string, kinds: readonly LinkKind[], now: Date): Promise<UsedLink>;
}

export interface ClaimStore {
  /** How many sessions an owner has outside of the trash. */
  countOf(owner: string): Promise<number>;
  /**
   * Gives all of a visitor's sessions, with their running turns, to a person, in small steps. Can be interrupted
   * anywhere, and run twice at once. Returns how many it moved.
   */
  moveAll(from: string, to: string, now: Date): Promise<number>;
}

export interface AccountStore {
  readonly people: PeopleStore;
  readonly signIns: SignInStore;
  readonly links: LinkStore;
  readonly claims: ClaimStore;
  /** Deletes what is over. */
  prune(now: Date): Promise<void>;
}
