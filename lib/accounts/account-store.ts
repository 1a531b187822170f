import type { LinkKind, Person, Role } from './person';

/** Who a browser's sign-in belongs to. */
export interface SignedIn {
  readonly id: string;
  readonly personId: string;
  readonly role: Role;
  /** Whether its last use was recorded within the last hour. */
  readonly isNoted: boolean;
}

/** A browser that signs in. */
export interface NewBrowser {
  readonly id: string;
  readonly tokenHash: string;
  readonly device: string;
  readonly now: Date;
}

export interface NewSignIn extends NewBrowser {
  readonly personId: string;
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
  /** The person who made it; null: the server at its start. */
  readonly madeBy: string | null;
  /** The hash of the token of the sign-in that it was made in; null: the server made it. */
  readonly signIn: string | null;
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

export interface SignInStore {
  /** Null for one that is unknown, revoked or expired for want of use. */
  signedIn(tokenHash: string, now: Date): Promise<SignedIn | null>;
  /** Records a use, which extends a sign-in. */
  used(id: string, now: Date): Promise<void>;
  /** `password`: the hash that was compared. Throws `unauthenticated` when it was changed since, or the account is disabled. */
  add(signIn: NewSignIn, password: string | null): Promise<void>;
  list(personId: string, now: Date): Promise<ListedSignIn[]>;
  /**
   * Revokes one, with all links that the person made or that sign in on another device. Throws `not-found` for one that
   * is not this person's, and then changes nothing.
   */
  revoke(personId: string, id: string): Promise<void>;
  /** Does nothing for an unknown token. */
  revokeToken(tokenHash: string): Promise<void>;
  /** Revokes all sign-ins of a person except the one with this token, and the same links. */
  revokeOthers(personId: string, kept: string | null): Promise<void>;
  /** Which of these tokens are still signed in. */
  stillSignedIn(tokenHashes: readonly string[], now: Date): Promise<ReadonlySet<string>>;
}

/** Who changes an account or a way to sign in. */
export interface Maker {
  readonly personId: string;
  /** The hash of the token of the sign-in that the request came with; null without one. */
  readonly signIn: string | null;
}

/** Absent: as it was. */
export interface PersonEdit {
  readonly id: string;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly now: Date;
}

export interface Removal {
  readonly id: string;
  readonly owner: string;
  readonly now: Date;
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
  /**
   * Sets a new password and revokes all sign-ins but this one. Throws `unauthenticated` when the hash is no longer `was`,
   * or the sign-in was revoked.
   */
  changePassword(
    id: string,
    change: {
      readonly was: string | null;
      readonly password: string;
      /** The hash of the token of the sign-in by which the person does it; null without one. */
      readonly signIn: string | null;
    },
  ): Promise<void>;
  /**
   * A member's links are deleted. A disabled account is signed out, with all links to it, and its keys are refused until it
   * is enabled. `by`: the operator who does it; null for the command. Throws `conflict` for the last operator whose account
   * is not disabled, `not-found` for an unknown person, `unauthenticated` and `forbidden` when the operator no longer is one.
   */
  edit(edit: PersonEdit, by: Maker | null): Promise<Person>;
  /**
   * Deletes an account and marks its data for deletion, in one transaction. Throws `conflict` for the last operator
   * while there are others, `not-found` for an unknown person. With the last person all links are deleted. `by`: the
   * operator, as in `edit`, or the person, who leaves; null for the command.
   */
  remove(removal: Removal, by: Maker | null): Promise<void>;
}

/** The note of a link that a server printed at its start. Other links without a maker are of the operator's command. */
export const PRINTED = 'printed by the server at its start';

export interface LinkStore {
  /**
   * Throws `unauthenticated` when its maker was removed or the sign-in was revoked, and `forbidden` when the link needs an
   * operator and its maker no longer is one.
   */
  add(link: NewLink): Promise<void>;
  /** Those that can still be used. */
  list(now: Date): Promise<ListedLink[]>;
  remove(id: string): Promise<void>;
  /** Deletes links that earlier starts of a server printed, with the note `PRINTED`. */
  dropPrinted(before: Date): Promise<void>;
  /** What a link is for, without using it. Throws `not-found` for one that is used or over. */
  kindOf(tokenHash: string, now: Date): Promise<LinkKind>;
  /**
   * Uses a link and signs its person in, in one transaction. Returns the person's id. Without a password: one of the kind
   * `device`. With the hash of a new one: one of the kind `reset`; it sets the password, signs out everywhere, and
   * deletes the person's API keys, passkeys, connected accounts at a provider, and all links to the account. Throws `not-found` for one that is used or over.
   */
  open(tokenHash: string, password: string | null, browser: NewBrowser): Promise<string>;
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
  /** Deletes expired sign-ins, links and challenges, and marks the data of removed people for deletion. */
  prune(now: Date): Promise<void>;
}
