import 'server-only';
import { createHmac } from 'node:crypto';
import { keyNameOf, type Principal } from '@/lib/accounts/principal';
import { env } from '@/lib/env';
import { keyFor } from './cookies/secret';

/** Enough to tell a million callers apart. */
const HASH_LENGTH = 12;

const hashOf = (kind: string, text: string): string =>
  createHmac('sha256', keyFor('log'))
    .update(`${kind}\n${text}`)
    .digest('base64url')
    .slice(0, HASH_LENGTH);

/** Log fields for a principal: a keyed hash, so that an owner can be followed but not identified. */
export function principalFields(principal: Principal): object {
  const key = keyNameOf(principal);
  const { keyId } = principal;
  return {
    owner_hash: hashOf('owner', principal.owner),
    ...(key !== null && { key }),
    ...(keyId && { key_id: keyId }),
  };
}

/** The same for a client's network. */
export const addressFields = (address: string): object => ({
  address_hash: hashOf('address', address),
  ...(env().LOG_ADDRESSES && { address }),
});
