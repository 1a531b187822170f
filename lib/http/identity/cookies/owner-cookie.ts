// The visitor's cookie: an owner's id, signed with HMAC.
import 'server-only';
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { keyFor, previousKeyFor } from './secret';

/** The longest lifetime that browsers allow. */
const MAX_AGE_SECONDS = 400 * 24 * 3600;

/** How a browser reaches this server. */
export interface BrowserAddress {
  readonly https: boolean;
  /** Null: the protocol's default port. */
  readonly port: string | null;
}

type Cookies = readonly { readonly name: string; readonly value: string }[];

/** The name on the default port, and of older versions on every port. */
const PLAIN = 'ask_owner';
const ANY_OF_OURS = /^(__Host-)?ask_owner(_\d{1,5})?$/;

/**
 * Over HTTPS the `__Host-` prefix binds the cookie to this host; browsers refuse it over plain HTTP. There the port is
 * in the name: browsers send cookies to every port, and two servers on one machine would overwrite each other's.
 */
const nameOf = ({ https, port }: BrowserAddress): string =>
  https ? '__Host-ask_owner' : port === null ? PLAIN : `${PLAIN}_${port}`;

const sign = (id: string, key: KeyObject = keyFor('owner-cookie')): string =>
  createHmac('sha256', key).update(id).digest('base64url');

function ownerOf(value: string): string | null {
  const [, id, signature] = /^([\da-f-]{36})\.([\w-]{43})$/.exec(value) ?? [];
  if (!id || !signature) return null;
  const isSignedWith = (key: KeyObject): boolean =>
    timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id, key)));
  if (isSignedWith(keyFor('owner-cookie'))) return id;
  // Pages renew the cookie with the current secret, so the previous one can be removed later.
  const previous = previousKeyFor('owner-cookie');
  return previous !== null && isSignedWith(previous) ? id : null;
}

/**
 * The owner in a browser's cookies; null when this server signed none of them. Without the cookie for this protocol
 * and port, one for another counts: users keep their sessions when HTTPS, a trusted proxy or another port is set up.
 */
export function readOwnerCookie(cookies: Cookies, at: BrowserAddress): string | null {
  const right = nameOf(at);
  const ours = cookies.filter(({ name }) => ANY_OF_OURS.test(name));
  for (const { value } of ours.toSorted((a, b) => rank(a.name, right) - rank(b.name, right))) {
    const owner = ownerOf(value);
    if (owner !== null) return owner;
  }
  return null;
}

const rank = (name: string, right: string): number =>
  name === right ? 0 : name.startsWith('__Host-') ? 1 : 2;

/** True when a cookie has our name. One with a foreign signature may be valid again later, so pages keep it. */
export const isCookieTaken = (cookies: Cookies, at: BrowserAddress): boolean =>
  cookies.some(({ name }) => name === nameOf(at));

/** The value of the Set-Cookie header for an owner. */
export function writeOwnerCookie(id: string, at: BrowserAddress): string {
  const attributes = ['Path=/', `Max-Age=${String(MAX_AGE_SECONDS)}`, 'HttpOnly', 'SameSite=Lax'];
  if (at.https) attributes.push('Secure');
  return [`${nameOf(at)}=${id}.${sign(id)}`, ...attributes].join('; ');
}
