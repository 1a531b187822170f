import 'server-only';
import type { NextRequest } from 'next/server';
import type { Env } from '@/lib/env';
import { checkBodySize } from '@/lib/http/request/body';
import { isSafe } from '@/lib/http/identity/cross-site';
import type { Caller } from '@/lib/http/identity/internal-signature';
import { budgetOf } from '@/lib/http/rate-limit/budgets';
import { countRequest, countVisitor } from '@/lib/http/rate-limit/count-request';
import { cookieLine, principalOf, type Principal } from '@/lib/http/identity/principal';
import { ownerFields } from '@/lib/http/identity/who-fields';

interface AdmitContext {
  readonly configuration: Env;
  /** The client's network. */
  readonly address: string;
  /** Headers for the response. */
  readonly response: Headers;
  /** For the access log. */
  readonly fields: object;
}

/** The rate limit's key: an API key's name, else the address. Not the cookie: a client can get any number of them. */
const counted = ({ isKey, known }: Principal, address: string): string =>
  isKey && known !== null ? known : `ip:${address}`;

/** Identifies the caller and counts the request against its rate limit. Throws an `AppError` when it refuses. */
export async function admit(request: NextRequest, context: AdmitContext): Promise<Caller> {
  const { address, response, fields } = context;
  const { method, nextUrl } = request;
  const budget = budgetOf(method, nextUrl.pathname);
  const visitor = await identify(request, context);
  if (visitor.known !== null) Object.assign(fields, ownerFields(visitor.known));
  // Pages are limited by address alone: they cost the same for every caller.
  if (budget) {
    const whom = budget === 'page' ? `ip:${address}` : counted(visitor, address);
    await countRequest(budget, whom, response);
  }
  const owner = visitor.known ?? crypto.randomUUID();
  const known = visitor.known !== null || (await becomesKnown(visitor, method, address));
  if (known && visitor.known === null) Object.assign(fields, ownerFields(owner));
  if (known && visitor.cookie) response.append('Set-Cookie', cookieLine(owner, visitor));
  return { owner, known, address };
}

async function identify(request: NextRequest, context: AdmitContext): Promise<Principal> {
  try {
    checkBodySize(Number(request.headers.get('content-length') ?? 0));
    return principalOf(request, context.configuration);
  } catch (refusal) {
    // Refused credentials count against the rate limit too, even on routes without one: this limits guessing.
    await countRequest('api', `ip:${context.address}`, context.response);
    throw refusal;
  }
}

/**
 * Whether a new visitor becomes an owner. Over the limit of new visitors a page is still shown, without a cookie; a
 * changing request is refused: this throws `over-budget`.
 */
async function becomesKnown(
  { cookie }: Principal,
  method: string,
  address: string,
): Promise<boolean> {
  if (cookie !== 'make') return false;
  const refusal = await countVisitor(`ip:${address}`);
  if (refusal && !isSafe(method)) throw refusal;
  return refusal === null;
}
