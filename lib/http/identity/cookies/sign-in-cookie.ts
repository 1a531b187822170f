import { isToken } from '@/lib/accounts/token';
import { ownAddress } from './own-address';
import type { BrowserAddress } from './owner-cookie';

/** The longest lifetime that browsers allow. The server ends an unused sign-in sooner. */
const MAX_AGE_SECONDS = 400 * 24 * 3600;

export interface HostCookie {
  /** The value in a Cookie header; null without one. */
  read(cookies: string | null, at: BrowserAddress): string | null;
  /** The value of a Set-Cookie header; null removes the cookie. */
  write(value: string | null, at: BrowserAddress): string;
}

/**
 * A cookie for this protocol and port only. One with another name does not count: a page over plain HTTP could have
 * planted it.
 */
export function hostCookie(base: string, maxAgeSeconds = MAX_AGE_SECONDS): HostCookie {
  const nameOf = ({ https, port }: BrowserAddress) =>
    https ? `__Host-${base}` : port === null ? base : `${base}_${port}`;
  return {
    read(cookies, at) {
      const start = `${nameOf(at)}=`;
      const pair = (cookies ?? '').split(/; */).find((each) => each.startsWith(start));
      return pair?.slice(start.length) ?? null;
    },
    write(value, at) {
      const age = value === null ? 0 : maxAgeSeconds;
      const attributes = ['Path=/', `Max-Age=${String(age)}`, 'HttpOnly', 'SameSite=Lax'];
      if (at.https) attributes.push('Secure');
      return [`${nameOf(at)}=${value ?? ''}`, ...attributes].join('; ');
    },
  };
}

export const signInCookie = hostCookie('ask_sign_in');

/** The token in a request's cookies; null without one. */
export function signInToken(request: {
  readonly headers: Pick<Headers, 'get'>;
  readonly url: string;
}): string | null {
  const { headers, url } = request;
  const token = signInCookie.read(headers.get('cookie'), ownAddress(headers, new URL(url)));
  return token !== null && isToken(token) ? token : null;
}
