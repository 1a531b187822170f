import { isToken, newToken } from '@/lib/accounts/token';
import { CHALLENGE_VALID_MS } from '@/lib/accounts/ways/challenge';
import { ownAddress } from './own-address';
import { hostCookie } from './sign-in-cookie';

/** Binds a challenge to the browser that asked for it. It is no sign-in. */
const cookie = hostCookie('ask_challenge', CHALLENGE_VALID_MS / 1000);

/** The browser's token, and the Set-Cookie header that keeps it. One that it has stays: it may have begun in two tabs. */
export function challengedBrowser(request: Request): {
  readonly token: string;
  readonly setCookie: string;
} {
  const existing = challengeToken(request);
  const token = existing === '' ? newToken() : existing;
  return { token, setCookie: cookie.write(token, ownAddressOf(request)) };
}

/** The browser's token; empty without one, which fits no challenge. */
export function challengeToken(request: Request): string {
  const token = cookie.read(request.headers.get('cookie'), ownAddressOf(request));
  return token !== null && isToken(token) ? token : '';
}

const ownAddressOf = ({ headers, url }: Request) => ownAddress(headers, new URL(url));
