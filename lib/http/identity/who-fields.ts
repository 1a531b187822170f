import 'server-only';
import { createHmac } from 'node:crypto';
import { env } from '@/lib/env';
import { KEY_OWNER } from './api-key';
import { keyFor } from './secret';

/** Enough to tell a million callers apart. */
const HASH_LENGTH = 12;

const hashOf = (kind: string, text: string): string =>
  createHmac('sha256', keyFor('log'))
    .update(`${kind}\n${text}`)
    .digest('base64url')
    .slice(0, HASH_LENGTH);

/** Log fields for an owner: a keyed hash, so that an owner can be followed but not identified. */
export const ownerFields = (owner: string): object => ({
  owner_hash: hashOf('owner', owner),
  ...(owner.startsWith(KEY_OWNER) && { key: owner.slice(KEY_OWNER.length) }),
});

/** The same for a client's network. */
export const addressFields = (address: string): object => ({
  address_hash: hashOf('address', address),
  ...(env().LOG_ADDRESSES && { address }),
});
