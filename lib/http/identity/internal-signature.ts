import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';

/** The caller, as the middleware identified it. */
export interface Caller {
  readonly owner: string;
  /** False for a visitor without a cookie or key: `owner` is made up for this request. */
  readonly known: boolean;
  /** The client's network. */
  readonly address: string;
}

/** The middleware sets these on the request that handlers see, and replaces what a client sent under these names. */
const OWNER_HEADER = 'x-ask-owner';
const KNOWN_HEADER = 'x-ask-known';
const ADDRESS_HEADER = 'x-ask-address';
const SIGNATURE_HEADER = 'x-ask-signature';

/** HMAC that proves that this request, by this caller, passed the middleware. */
const signatureOf = (requestId: string, { owner, known, address }: Caller): string =>
  createHmac('sha256', keyFor('signature'))
    .update([requestId, owner, String(known), address].join('\n'))
    .digest('base64url');

/** Passes the caller on to the handler, signed. */
export function signRequest(headers: Headers, requestId: string, caller: Caller): void {
  headers.set(OWNER_HEADER, caller.owner);
  headers.set(KNOWN_HEADER, String(caller.known));
  headers.set(ADDRESS_HEADER, caller.address);
  headers.set(SIGNATURE_HEADER, signatureOf(requestId, caller));
}

/** The caller that the middleware identified; null when the request bypassed it. */
export function verifiedCaller(headers: Pick<Headers, 'get'>, requestId: string): Caller | null {
  const owner = headers.get(OWNER_HEADER);
  const address = headers.get(ADDRESS_HEADER);
  if (owner === null || address === null) return null;
  const caller = { owner, known: headers.get(KNOWN_HEADER) === 'true', address };
  const signature = Buffer.from(headers.get(SIGNATURE_HEADER) ?? '');
  const expected = Buffer.from(signatureOf(requestId, caller));
  return signature.length === expected.length && timingSafeEqual(signature, expected)
    ? caller
    : null;
}
