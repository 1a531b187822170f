import type { Principal } from '@/lib/accounts/principal';
import { AppError } from '@/lib/errors';
import type { CreateKeyInput } from './key';
import type { NewKey } from './key-store';
import { hashOfKeyToken, newKeyToken } from '@/lib/accounts/token';

interface Deps {
  readonly newId: () => string;
  readonly random: (bytes: number) => Buffer;
  readonly now: Date;
  /** The hash of the token of the sign-in that makes it; null without one. */
  readonly signIn: string | null;
}

/** Makes a key for the maker's owner. The key is stored, its token is not. Throws `forbidden`. */
export function makeKey(
  maker: Principal,
  { name, scopes, expires_at: expiresAt }: CreateKeyInput,
  { newId, random, now, signIn }: Deps,
): { readonly key: NewKey; readonly token: string } {
  const lacking = scopes.find((scope) => !maker.scopes.includes(scope));
  if (lacking) throw new AppError({ kind: 'forbidden', reason: 'scope', scope: lacking });
  const token = newKeyToken(random);
  const key = {
    id: newId(),
    owner: maker.owner,
    name,
    scopes,
    createdAt: now,
    expiresAt,
    hash: hashOfKeyToken(token),
    madeBy: maker.keyId ?? null,
    signIn,
  };
  return { key, token };
}
