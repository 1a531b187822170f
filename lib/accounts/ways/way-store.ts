import type { Maker } from '../account-store';
import type { NewBrowser, NewPerson } from '../account-store';
import type { ChallengeKind } from './challenge';
import type { Identity } from './identity';
import type { Passkey } from './passkey';
import type { Way } from './way';

export interface NewChallenge {
  readonly hash: string;
  readonly kind: ChallengeKind;
  readonly personId: string | null;
  readonly content: string;
  readonly endsAt: Date;
}

export interface ChallengeStore {
  add(challenge: NewChallenge): Promise<void>;
  /**
   * Deletes and returns a challenge, so that it is answered once; null if it is unknown, expired or of another kind.
   */
  take(
    hash: string,
    kinds: readonly ChallengeKind[],
    now: Date,
  ): Promise<Pick<NewChallenge, 'kind' | 'personId' | 'content'> | null>;
}

/** Who adds a way to sign in. */
export interface Adding extends Maker {
  readonly now: Date;
}

export interface IdentityStore {
  /** Signs in the person of an identity and returns the person's id; null for an unknown one. */
  enter(identity: Identity, browser: NewBrowser): Promise<string | null>;
  /**
   * Makes an account with this identity and signs its person in, in one transaction. Returns the person's id. Throws what
   * `PeopleStore.add` throws, and `conflict` for an identity that has an account by now.
   */
  join(identity: Identity, person: NewPerson, browser: NewBrowser): Promise<string>;
  /**
   * Throws `conflict` for another person's identity, or where this person has another one at the issuer, and
   * `unauthenticated` when the browser was signed out meanwhile.
   */
  connect(identity: Identity, by: Adding): Promise<void>;
  /** Throws `conflict` where it is the person's only way to sign in, `not-found` without one. */
  disconnect(personId: string, issuer: string): Promise<void>;
}

export interface PasskeyStore {
  /** Throws `conflict` for one that is known already, or one too many, and `unauthenticated` as `connect` does. */
  add(passkey: Passkey & { readonly id: string }, by: Adding): Promise<void>;
  list(personId: string): Promise<ListedPasskey[]>;
  byCredential(credentialId: string): Promise<StoredPasskey | null>;
  /**
   * Signs in the person of a passkey and counts its use. Throws `unauthenticated` when it was removed, or was used
   * with this count already.
   */
  enter(
    passkey: Pick<StoredPasskey, 'id' | 'personId'>,
    counter: number,
    browser: NewBrowser,
  ): Promise<void>;
  /** Throws `conflict` where it is the person's only way to sign in, `not-found` for one that is not this person's. */
  remove(personId: string, id: string, issuer: string | null): Promise<void>;
}

/** How people sign in, besides by a password. `issuer`: the configured provider's; null without one. */
export interface WayStore {
  of(personId: string, issuer: string | null): Promise<readonly Way[]>;
  /** The same for all people, by their ids. */
  all(issuer: string | null): Promise<ReadonlyMap<string, readonly Way[]>>;
  readonly identities: IdentityStore;
  readonly passkeys: PasskeyStore;
  readonly challenges: ChallengeStore;
  /** Deletes challenges that are over. */
  prune(now: Date): Promise<void>;
}

export interface ListedPasskey {
  readonly id: string;
  readonly name: string;
  readonly credentialId: string;
  readonly createdAt: Date;
  /** Null: it was never used. */
  readonly usedAt: Date | null;
}

export interface StoredPasskey {
  readonly id: string;
  readonly personId: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
}
