import 'server-only';
import type { NextRequest } from 'next/server';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { ownerOfKey } from './api-key';
import { clientAddress, socketAddress } from './client-address';
import { isSafe, refuseCrossSite } from './cross-site';
import { isDataPath, isHealthPath } from './data-path';
import { ownerCookieName, readOwnerCookie, writeOwnerCookie } from './owner-cookie';

export interface Visitor {
  readonly owner: string;
  /** Whom requests are counted for: a key's name, else an address; cookies cost nothing to make. */
  readonly counted: string;
  /** The Set-Cookie line that this response must carry, if any. */
  readonly setCookie: string | null;
}

/** Who asks. Throws `unauthenticated` for a wrong key and `forbidden` for a cross-site change. */
export function visitorOf(request: NextRequest, env: Env): Visitor {
  const { headers, method, nextUrl } = request;
  // What watches the process is answered whoever it is: a key that is wrong does not make the process ill.
  const authorization = isHealthPath(nextUrl.pathname) ? '' : (headers.get('authorization') ?? '');
  // Other schemes are for a proxy on the way, which may ask for a password of its own.
  if (/^bearer(\s|$)/i.test(authorization)) {
    const owner = ownerOfKey(authorization, env.API_KEYS);
    if (owner !== null) return { owner, counted: owner, setCookie: null };
    throw new AppError({ kind: 'unauthenticated', message: 'This API key is not known' });
  }
  const { https, origin } = ownAddress(request, env);
  const known = readOwnerCookie(request.cookies.get(ownerCookieName(https))?.value);
  refuseCrossSite(request, {
    hasCookie: known !== null,
    allowedOrigins: [origin, ...env.FRONTEND_ORIGIN],
  });
  const owner = known ?? crypto.randomUUID();
  // Pages renew it; a plain read of the API by a stranger needs none.
  const isPage = !isDataPath(nextUrl.pathname);
  const wanted = isPage || (known === null && !isSafe(method));
  return {
    owner,
    counted: countedFor(request, env),
    setCookie: wanted ? writeOwnerCookie(owner, https) : null,
  };
}

/** Whom a request without a valid key is counted for. */
export function countedFor({ headers }: NextRequest, { TRUSTED_PROXIES }: Env): string {
  const forwarded = headers.get('x-forwarded-for');
  return `ip:${clientAddress(forwarded, socketAddress(headers), TRUSTED_PROXIES)}`;
}

/** This server's address as the browser sees it; behind a trusted proxy that is what the proxy says. */
function ownAddress({ headers, nextUrl }: NextRequest, { TRUSTED_PROXIES }: Env) {
  const said = (name: string) =>
    TRUSTED_PROXIES > 0 ? headers.get(name)?.split(',').at(-1)?.trim() : undefined;
  const protocol = said('x-forwarded-proto') ?? nextUrl.protocol.replace(':', '');
  const host = said('x-forwarded-host') ?? headers.get('host') ?? nextUrl.host;
  return { https: protocol === 'https', origin: `${protocol}://${host}` };
}
