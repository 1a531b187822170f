import type { Scope } from '@/lib/accounts/scopes';
import type { ApiKey } from './key';

export interface NewKey extends Omit<ApiKey, 'lastUsedAt'> {
  readonly owner: string;
  readonly hash: string;
  /** The key that it was made with: revoking that one revokes this one too. Null: the person made it. */
  readonly madeBy: string | null;
  /** The hash of the token of the sign-in that it was made in; null without one. */
  readonly signIn: string | null;
}

/** A key that is valid now. */
export interface FoundKey {
  readonly id: string;
  readonly owner: string;
  readonly scopes: readonly Scope[];
  readonly lastUsedAt: Date | null;
}

export interface KeyStore {
  /**
   * Throws `conflict` for one key too many, `invalid` for a key that would outlive the one it is made with, and
   * `unauthenticated` when the person was removed or disabled, or the sign-in or key that makes it was revoked.
   */
  create(key: NewKey): Promise<void>;
  /** Newest first. */
  list(owner: string): Promise<ApiKey[]>;
  /** Throws `not-found` for a key that is not this owner's. */
  revoke(owner: string, id: string): Promise<void>;
  /** Null for an unknown, revoked or expired key, and for one of a person who was removed or is disabled. */
  find(hash: string, now: Date): Promise<FoundKey | null>;
  used(id: string, now: Date): Promise<void>;
  /** Which of these `find` would find. */
  stillValid(ids: readonly string[], now: Date): Promise<ReadonlySet<string>>;
}
