import 'server-only';
import type { NextRequest } from 'next/server';
import { visitor, type Principal } from '@/lib/accounts/principal';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { holderOfKey } from './api-key';
import { isSafe, refuseCrossSite } from './cross-site';
import { isApiPath, isHealthPath } from '@/lib/http/request/api-path';
import { readHost } from '@/lib/http/network/own-hosts';
import { isCookieTaken, readOwnerCookie, type Reached } from './owner-cookie';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';

export interface Identified {
  /** Null for a new visitor. */
  readonly principal: Principal | null;
  /**
   * 'renew': a known visitor's cookie is sent again. 'make': this request makes a new visitor an owner.
   */
  readonly cookie: 'renew' | 'make' | null;
  readonly reached: Reached;
}

/** Authenticates a request. Throws `unauthenticated` for an unknown key and `forbidden` for a cross-site change. */
export function identify(request: NextRequest, env: Env): Identified {
  const { headers, method, nextUrl } = request;
  const { origin, ...reached } = ownAddress(request);
  // Health checks ignore credentials: an unknown key must not make the process look unhealthy.
  const authorization = isHealthPath(nextUrl.pathname) ? '' : (headers.get('authorization') ?? '');
  // Other schemes belong to a proxy in front, which may use HTTP authentication of its own.
  if (/^bearer(\s|$)/i.test(authorization)) {
    const principal = holderOfKey(authorization, env.API_KEYS);
    if (principal) return { principal, cookie: null, reached };
    throw new AppError({ kind: 'unauthenticated', reason: 'unknown-key' });
  }
  const cookies = request.cookies.getAll();
  const known = readOwnerCookie(cookies, reached);
  refuseCrossSite(request, {
    hasCookie: known !== null,
    allowedOrigins: [origin, ...env.FRONTEND_ORIGIN],
  });
  const isPage = !isApiPath(nextUrl.pathname);
  if (known !== null)
    return { principal: visitor(known), cookie: isPage ? 'renew' : null, reached };
  // A new visitor needs no cookie to read the API, and opening a page must not overwrite an existing cookie.
  const makes = isPage ? !isCookieTaken(cookies, reached) : !isSafe(method);
  return { principal: null, cookie: makes ? 'make' : null, reached };
}

/** This server's origin as the browser sees it. */
function ownAddress({ headers, nextUrl }: NextRequest): Reached & { origin: string } {
  const way = forwardedRequest(headers);
  const protocol = way.protocol ?? nextUrl.protocol.replace(':', '');
  const host = way.host ?? nextUrl.host;
  return {
    https: protocol === 'https',
    port: readHost(host)?.port ?? null,
    origin: `${protocol}://${host}`,
  };
}
