import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';

/** As long as browsers keep a cookie at most. */
const MAX_AGE_SECONDS = 400 * 24 * 3600;

/** The prefix binds the cookie to this host and to HTTPS; browsers refuse it over plain HTTP. */
export const ownerCookieName = (https: boolean): string =>
  https ? '__Host-ask_owner' : 'ask_owner';

const sign = (id: string): string =>
  createHmac('sha256', keyFor('owner-cookie')).update(id).digest('base64url');

/** The owner a cookie names; null when this server did not sign it. */
export function readOwnerCookie(value: string | undefined): string | null {
  const [, id, signature] = /^([\da-f-]{36})\.([\w-]{43})$/.exec(value ?? '') ?? [];
  if (!id || !signature) return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id))) ? id : null;
}

/** The whole Set-Cookie line for an owner. */
export function writeOwnerCookie(id: string, https: boolean): string {
  const attributes = ['Path=/', `Max-Age=${String(MAX_AGE_SECONDS)}`, 'HttpOnly', 'SameSite=Lax'];
  if (https) attributes.push('Secure');
  return [`${ownerCookieName(https)}=${id}.${sign(id)}`, ...attributes].join('; ');
}
