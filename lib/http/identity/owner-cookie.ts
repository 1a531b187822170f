import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';

/** As long as browsers keep a cookie at most. */
const MAX_AGE_SECONDS = 400 * 24 * 3600;

/** How a browser reaches this server. */
export interface Reached {
  readonly https: boolean;
  /** Null: the usual port of the protocol. */
  readonly port: string | null;
}

type Cookies = readonly { readonly name: string; readonly value: string }[];

/** Of every port alike, as it was once. */
const PLAIN = 'ask_owner';
const ANY_OF_OURS = /^(__Host-)?ask_owner(_\d{1,5})?$/;

/**
 * Over HTTPS the prefix binds the cookie to this host and to HTTPS; browsers refuse it over plain HTTP. There the port
 * is in the name, since browsers send a cookie to every port: two servers on one machine would take it from each other.
 */
const nameOf = ({ https, port }: Reached): string =>
  https ? '__Host-ask_owner' : port === null ? PLAIN : `${PLAIN}_${port}`;

const sign = (id: string): string =>
  createHmac('sha256', keyFor('owner-cookie')).update(id).digest('base64url');

function ownerOf(value: string): string | null {
  const [, id, signature] = /^([\da-f-]{36})\.([\w-]{43})$/.exec(value) ?? [];
  if (!id || !signature) return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id))) ? id : null;
}

/**
 * The owner whom a browser's cookies name; null when this server signed none of them. Where the cookie of this way to
 * the server is not there, one of another way counts: whoever came before there was HTTPS, or before the proxy was
 * trusted, or by another port, stays who they are.
 */
export function readOwnerCookie(cookies: Cookies, reached: Reached): string | null {
  const right = nameOf(reached);
  const ours = cookies.filter(({ name }) => ANY_OF_OURS.test(name));
  for (const { value } of ours.toSorted((a, b) => rank(a.name, right) - rank(b.name, right))) {
    const owner = ownerOf(value);
    if (owner !== null) return owner;
  }
  return null;
}

const rank = (name: string, right: string): number =>
  name === right ? 0 : name.startsWith('__Host-') ? 1 : 2;

/** True when there is a cookie where ours would go. When it is not ours, it may be that of somebody who comes back. */
export const isCookieTaken = (cookies: Cookies, reached: Reached): boolean =>
  cookies.some(({ name }) => name === nameOf(reached));

/** The whole Set-Cookie line for an owner. */
export function writeOwnerCookie(id: string, reached: Reached): string {
  const attributes = ['Path=/', `Max-Age=${String(MAX_AGE_SECONDS)}`, 'HttpOnly', 'SameSite=Lax'];
  if (reached.https) attributes.push('Secure');
  return [`${nameOf(reached)}=${id}.${sign(id)}`, ...attributes].join('; ');
}
