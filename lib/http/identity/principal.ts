import 'server-only';
import type { NextRequest } from 'next/server';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { ownerOfKey } from './api-key';
import { isSafe, refuseCrossSite } from './cross-site';
import { isApiPath, isHealthPath } from '@/lib/http/request/api-path';
import { readHost } from '@/lib/http/network/own-hosts';
import { isCookieTaken, readOwnerCookie, writeOwnerCookie, type Reached } from './owner-cookie';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';

export interface Principal {
  /** The owner; null for a new visitor. */
  readonly known: string | null;
  readonly isKey: boolean;
  /**
   * 'renew': a known visitor's cookie is sent again. 'make': this request makes a new visitor an owner.
   */
  readonly cookie: 'renew' | 'make' | null;
  readonly reached: Reached;
}

/** Authenticates a request. Throws `unauthenticated` for an unknown key and `forbidden` for a cross-site change. */
export function principalOf(request: NextRequest, env: Env): Principal {
  const { headers, method, nextUrl } = request;
  const { origin, ...reached } = ownAddress(request);
  // Health checks ignore credentials: an unknown key must not make the process look unhealthy.
  const authorization = isHealthPath(nextUrl.pathname) ? '' : (headers.get('authorization') ?? '');
  // Other schemes belong to a proxy in front, which may use HTTP authentication of its own.
  if (/^bearer(\s|$)/i.test(authorization)) {
    const known = ownerOfKey(authorization, env.API_KEYS);
    if (known !== null) return { known, isKey: true, cookie: null, reached };
    throw new AppError({ kind: 'unauthenticated', reason: 'unknown-key' });
  }
  const cookies = request.cookies.getAll();
  const known = readOwnerCookie(cookies, reached);
  refuseCrossSite(request, {
    hasCookie: known !== null,
    allowedOrigins: [origin, ...env.FRONTEND_ORIGIN],
  });
  const isPage = !isApiPath(nextUrl.pathname);
  if (known !== null) return { known, isKey: false, cookie: isPage ? 'renew' : null, reached };
  // A new visitor needs no cookie to read the API, and opening a page must not overwrite an existing cookie.
  const makes = isPage ? !isCookieTaken(cookies, reached) : !isSafe(method);
  return { known, isKey: false, cookie: makes ? 'make' : null, reached };
}

export const cookieLine = (owner: string, { reached }: Principal): string =>
  writeOwnerCookie(owner, reached);

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
