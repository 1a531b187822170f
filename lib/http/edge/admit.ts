import 'server-only';
import type { NextRequest } from 'next/server';
import type { Env } from '@/lib/env';
import { checkBodySize } from '@/lib/http/request/body';
import { isSafe } from '@/lib/http/identity/cross-site';
import type { Caller } from '@/lib/http/identity/internal-signature';
import { budgetOf } from '@/lib/http/rate-limit/budgets';
import { countRequest, countVisitor } from '@/lib/http/rate-limit/count-request';
import { cookieLine, visitorOf, type Visitor } from '@/lib/http/identity/principal';
import { ownerFields } from '@/lib/http/identity/who-fields';

interface Asked {
  readonly configuration: Env;
  /** The network that it comes from. */
  readonly address: string;
  /** Headers that the answer will carry. */
  readonly response: Headers;
  /** For the line in the log. */
  readonly fields: object;
}

/** Whom requests are counted for: a key's name, else an address; cookies cost nothing to make. */
const counted = ({ isKey, known }: Visitor, address: string): string =>
  isKey && known !== null ? known : `ip:${address}`;

/** Who asks, when they may and not too often; otherwise it throws why not. */
export async function admit(request: NextRequest, asked: Asked): Promise<Caller> {
  const { address, response, fields } = asked;
  const { method, nextUrl } = request;
  const budget = budgetOf(method, nextUrl.pathname);
  const visitor = await identify(request, asked);
  if (visitor.known !== null) Object.assign(fields, ownerFields(visitor.known));
  // Pages are for people, and cost the same whoever they say they are.
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

async function identify(request: NextRequest, asked: Asked): Promise<Visitor> {
  try {
    checkBodySize(Number(request.headers.get('content-length') ?? 0));
    return visitorOf(request, asked.configuration);
  } catch (refusal) {
    // A guess at a key costs as much as an answer, also where answers cost nothing.
    await countRequest('api', `ip:${asked.address}`, asked.response);
    throw refusal;
  }
}

/** Whether a stranger is an owner from now on. A page is also shown to one who may not be; a change is refused. */
async function becomesKnown(
  { cookie }: Visitor,
  method: string,
  address: string,
): Promise<boolean> {
  if (cookie !== 'make') return false;
  const refusal = await countVisitor(`ip:${address}`);
  if (refusal && !isSafe(method)) throw refusal;
  return refusal === null;
}
