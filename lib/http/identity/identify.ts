import 'server-only';
import type { NextRequest } from 'next/server';
import { visitor, type Principal } from '@/lib/accounts/principal';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { holderOfKey } from './api-key';
import { isSafe, refuseCrossSite } from './cross-site';
import { isApiPath, isHealthPath } from '@/lib/http/request/api-path';
import { isCookieTaken, readOwnerCookie, type Reached } from './owner-cookie';
import { ownAddress } from './own-address';
import { isPublicPath } from './public-path';
import { signInToken } from './sign-in-cookie';
import { signedInBy } from './signed-in';

export interface Identified {
  /** Null for a new visitor. */
  readonly principal: Principal | null;
  /**
   * 'renew': a known visitor's cookie is sent again. 'make': this request makes a new visitor an owner.
   */
  readonly cookie: 'renew' | 'make' | null;
  readonly reached: Reached;
}

/**
 * Authenticates a request. Throws `unauthenticated` for an unknown key and where somebody must sign in, and `forbidden`
 * for a cross-site change.
 */
export async function identify(request: NextRequest, env: Env): Promise<Identified> {
  const { headers, nextUrl } = request;
  const { origin, ...reached } = ownAddress(headers, nextUrl);
  // Health checks ignore credentials: an unknown key must not make the process look unhealthy.
  const authorization = isHealthPath(nextUrl.pathname) ? '' : (headers.get('authorization') ?? '');
  // Other schemes belong to a proxy in front, which may use HTTP authentication of its own.
  if (/^bearer(\s|$)/i.test(authorization)) {
    const principal = holderOfKey(authorization, env.API_KEYS);
    if (principal) return { principal, cookie: null, reached };
    throw new AppError({ kind: 'unauthenticated', reason: 'unknown-key' });
  }
  const allowedOrigins = [origin, ...env.FRONTEND_ORIGIN];
  if (env.ACCESS === 'accounts') {
    return { principal: await personWhoAsks(request, allowedOrigins), cookie: null, reached };
  }
  return visitorWhoAsks(request, reached, allowedOrigins);
}

async function personWhoAsks(
  request: NextRequest,
  allowedOrigins: readonly string[],
): Promise<Principal | null> {
  const { pathname } = request.nextUrl;
  const token = signInToken(request);
  refuseCrossSite(request, { hasCookie: token !== null, allowedOrigins });
  if (isHealthPath(pathname)) return null;
  const person = token === null ? null : await signedInBy(token);
  if (person || isPublicPath(pathname)) return person;
  throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
}

function visitorWhoAsks(
  request: NextRequest,
  reached: Reached,
  allowedOrigins: readonly string[],
): Identified {
  const { method, nextUrl } = request;
  const cookies = request.cookies.getAll();
  const known = readOwnerCookie(cookies, reached);
  refuseCrossSite(request, { hasCookie: known !== null, allowedOrigins });
  const isPage = !isApiPath(nextUrl.pathname);
  if (known !== null)
    return { principal: visitor(known), cookie: isPage ? 'renew' : null, reached };
  // A new visitor needs no cookie to read the API, and opening a page must not overwrite an existing cookie.
  const makes = isPage ? !isCookieTaken(cookies, reached) : !isSafe(method);
  return { principal: null, cookie: makes ? 'make' : null, reached };
}
