import 'server-only';
import type { NextRequest } from 'next/server';
import type { Access } from '@/lib/accounts/access';
import { visitor, type Principal } from '@/lib/accounts/principal';
import type { Env } from '@/lib/env';
import { failureFields } from '@/lib/http/response/failure-fields';
import { checkDeclaredSize } from '@/lib/http/request/body';
import { isSafe } from '@/lib/http/identity/cross-site';
import type { Caller } from '@/lib/http/identity/internal-signature';
import { rateLimitOf } from '@/lib/http/rate-limit/rate-limits';
import { countRequest, countVisitor } from '@/lib/http/rate-limit/count-request';
import { identify, type Identified } from '@/lib/http/identity/identify';
import { writeOwnerCookie } from '@/lib/http/identity/cookies/owner-cookie';
import { roleInMode } from '@/lib/http/identity/role-in-mode';
import { principalFields } from '@/lib/http/identity/principal-fields';

interface AuthorizeContext {
  readonly configuration: Env;
  readonly access: Access;
  /** The client's network. */
  readonly address: string;
  /** Headers for the response. */
  readonly response: Headers;
  /** For the access log. */
  readonly fields: object;
}

/**
 * What the rate limit counts by: the owner of a key or user, so that more keys give no more requests; else the address.
 * Not the cookie: a client can get any number of them.
 */
const rateKeyOf = (principal: Principal | null, address: string): string =>
  principal === null || principal.kind === 'visitor' ? `ip:${address}` : principal.owner;

/** Identifies the caller and counts the request against its rate limit. Throws an `AppError` when it refuses. */
export async function authorize(request: NextRequest, context: AuthorizeContext): Promise<Caller> {
  const { configuration, access, address, response, fields } = context;
  const { method, nextUrl } = request;
  const rateLimit = rateLimitOf(method, nextUrl.pathname);
  const identified = await identifyCounted(request, context);
  const before = identified.principal;
  if (before) Object.assign(fields, principalFields(before));
  // Pages are limited by address alone: they cost the same for every caller.
  if (rateLimit) {
    const rateKey = rateLimit === 'page' ? `ip:${address}` : rateKeyOf(before, address);
    await countRequest(rateLimit, rateKey, response);
  }
  const principal = before ?? visitor(crypto.randomUUID(), roleInMode(access, configuration, null));
  const known = before !== null || (await becomesKnown(identified, method, context));
  if (known && before === null) Object.assign(fields, principalFields(principal));
  if (known && identified.cookie)
    response.append('Set-Cookie', writeOwnerCookie(principal.owner, identified.browserAddress));
  return { principal, known, address };
}

async function identifyCounted(
  request: NextRequest,
  context: AuthorizeContext,
): Promise<Identified> {
  try {
    const { pathname } = request.nextUrl;
    checkDeclaredSize(pathname, Number(request.headers.get('content-length') ?? 0));
    return await identify(request, context.configuration, context.access);
  } catch (refusal) {
    // Refused credentials count against the rate limit too, even on routes without one: this limits guessing.
    await countRequest('api', `ip:${context.address}`, context.response);
    throw refusal;
  }
}

/**
 * Whether a new visitor becomes an owner. Over the limit of new visitors a page is still shown, without a cookie, and its
 * line says why; a changing request is refused: this throws `over-budget`.
 */
async function becomesKnown(
  { cookie }: Identified,
  method: string,
  { address, fields }: AuthorizeContext,
): Promise<boolean> {
  if (cookie !== 'make') return false;
  const refusal = await countVisitor(`ip:${address}`);
  if (refusal === null) return true;
  if (!isSafe(method)) throw refusal;
  Object.assign(fields, { reason: failureFields(refusal).reason });
  return false;
}
