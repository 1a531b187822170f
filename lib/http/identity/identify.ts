import 'server-only';
import type { NextRequest } from 'next/server';
import type { Access } from '@/lib/accounts/access';
import type { Principal } from '@/lib/accounts/principal';
import { authenticate } from '@/lib/accounts/authenticate';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { holderOfKey } from '@/lib/http/keys/api-key';
import { isSafe, refuseCrossSite } from './cross-site';
import { isApiPath, isHealthPath, isMonitoringPath } from '@/lib/http/request/api-path';
import { isCookieTaken, readOwnerCookie, type BrowserAddress } from './cookies/owner-cookie';
import { ownAddress } from './cookies/own-address';
import { proxyNames } from './proxy-name';
import { isPublicPath } from './public-path';
import { roleInMode } from './role-in-mode';
import { signInToken } from './cookies/sign-in-cookie';
import { signedInBy } from './signed-in';
import { holderOfStoredKey } from '@/lib/http/keys/stored-key';

export interface Identified {
  /** Null for a new visitor. */
  readonly principal: Principal | null;
  /**
   * 'renew': a known visitor's cookie is sent again. 'make': this request makes a new visitor an owner.
   */
  readonly cookie: 'renew' | 'make' | null;
  readonly browserAddress: BrowserAddress;
}

/**
 * Authenticates a request. Throws `unauthenticated` for an unknown key or, unless ACCESS is open, for an unknown caller,
 * and `forbidden` for a cross-site change.
 */
export async function identify(
  request: NextRequest,
  env: Env,
  access: Access,
): Promise<Identified> {
  const { headers, nextUrl } = request;
  // Health checks ignore credentials: an unknown key must not make the process look unhealthy. The handler of /metrics
  // checks its token.
  const isMonitored =
    isHealthPath(nextUrl.pathname) ||
    (env.METRICS_TOKEN !== undefined && isMonitoringPath(nextUrl.pathname));
  const authorization = isMonitored ? '' : (headers.get('authorization') ?? '');
  // Other schemes belong to a proxy in front, which may use HTTP authentication of its own.
  if (/^bearer(\s|$)/i.test(authorization))
    return {
      principal: await keyHolder(authorization, env),
      cookie: null,
      browserAddress: ownAddress(headers, nextUrl),
    };
  return identifyBrowser(request, env, access, isMonitored);
}

async function identifyBrowser(
  request: NextRequest,
  env: Env,
  access: Access,
  isMonitored: boolean,
): Promise<Identified> {
  const { headers, nextUrl } = request;
  const { origin, ...browserAddress } = ownAddress(headers, nextUrl);
  const credentials = credentialsOf(request, env, access, browserAddress);
  refuseCrossSite(request, {
    // A browser sends what a proxy asked it for with every request too, from any site.
    hasCookie: Object.values(credentials).some((each) => each !== null),
    allowedOrigins: [origin, ...env.FRONTEND_ORIGIN],
  });
  const { signInToken: token, ...others } = credentials;
  const person = token === null || isMonitored ? null : await signedInBy(token);
  const role = roleInMode(access, env, others.proxyName);
  const asker = authenticate(access, { ...others, person, role });
  if (asker === 'new-visitor')
    return {
      principal: null,
      cookie: makesCookie(request, browserAddress) ? 'make' : null,
      browserAddress,
    };
  if (typeof asker !== 'string') {
    const renews = asker.kind === 'visitor' && !isApiPath(nextUrl.pathname);
    return { principal: asker, cookie: renews ? 'renew' : null, browserAddress };
  }
  if (isMonitored || (asker === 'sign-in' && isPublicPath(nextUrl.pathname)))
    return { principal: null, cookie: null, browserAddress };
  throw new AppError({ kind: 'unauthenticated', reason: asker });
}

async function keyHolder(authorization: string, env: Env): Promise<Principal> {
  const principal =
    holderOfKey(authorization, env.API_KEYS) ?? (await holderOfStoredKey(authorization));
  if (principal) return principal;
  throw new AppError({ kind: 'unauthenticated', reason: 'unknown-key' });
}

/** Only what counts under the mode is read. */
function credentialsOf(
  request: NextRequest,
  env: Env,
  access: Access,
  browserAddress: BrowserAddress,
) {
  const cookies = request.cookies.getAll();
  return {
    visitorId: access === 'open' ? readOwnerCookie(cookies, browserAddress) : null,
    proxyName: access === 'proxy' ? nameByProxy(request.headers, env) : null,
    signInToken: access === 'accounts' ? signInToken(request) : null,
  };
}

/** A new visitor needs no cookie to read the API, and opening a page must not overwrite an existing cookie. */
const makesCookie = (
  { cookies, method, nextUrl }: NextRequest,
  browserAddress: BrowserAddress,
): boolean =>
  isApiPath(nextUrl.pathname) ? !isSafe(method) : !isCookieTaken(cookies.getAll(), browserAddress);

let nameIn: ReturnType<typeof proxyNames> | undefined;
const nameByProxy = (headers: Headers, env: Env): string | null =>
  (nameIn ??= proxyNames(env, () => performance.now()))(headers);
