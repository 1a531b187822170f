import 'server-only';
import { NextResponse, type NextRequest } from 'next/server';
import { env, type Env } from '@/lib/env';
import { AppError, causesOf, failureOf } from '@/lib/errors';
import { log } from '@/lib/log';
import { logAccess } from './access-log';
import { bodyTooLarge } from './body';
import { BODY_MAX } from './body-max';
import { corsHeaders, isPreflight, PREFLIGHT_HEADERS } from './cors';
import { isDataPath } from './data-path';
import { errorResponse } from './error-response';
import { GATE_HEADER, gateOf, OWNER_HEADER } from './gate';
import { budgetOf, budgets, type BudgetName } from './rate-limit/budgets';
import { rateHeaders, secondsLeft } from './rate-limit/headers';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id';
import { pagePolicy, SECURITY_HEADERS } from './security-headers';
import { countedFor, visitorOf, type Visitor } from './visitor';

const PAGE_METHODS = ['GET', 'HEAD'];

/**
 * What happens to every request before its page or handler: it gets an id and headers, and it is seen who asks, whether
 * they may, and how often. What is refused is answered here.
 */
export async function edge(request: NextRequest): Promise<NextResponse> {
  const startedAt = performance.now();
  const configuration = env();
  const requestId = requestIdOf(request.headers);
  const response = new Headers({
    ...SECURITY_HEADERS,
    ...(isData(request) &&
      corsHeaders(request.headers.get('origin'), configuration.FRONTEND_ORIGIN)),
    'X-Request-ID': requestId,
  });
  const answered = (refused: Response, fields: object = {}): NextResponse => {
    const { status, headers, body } = refused;
    const answer = new NextResponse(body, { status, headers });
    copyInto(answer, response);
    // The line of a page is written by scripts/serve.mjs.
    if (isData(request)) logAnswered(request, { requestId, status, startedAt, fields });
    return answer;
  };
  if (isData(request) && isPreflight(request)) {
    return answered(new Response(null, { status: 204, headers: PREFLIGHT_HEADERS }));
  }
  try {
    const passed = await pass(request, { configuration, requestId, response });
    copyInto(passed, response);
    return passed;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'internal') {
      log().error({ event: 'http.exception', request_id: requestId, cause: causesOf(thrown) });
    }
    return answered(errorResponse(failure, requestId), { error: failure.kind });
  }
}

interface Passing {
  readonly configuration: Env;
  readonly requestId: string;
  /** Headers that the answer will carry, whoever gives it. */
  readonly response: Headers;
}

async function pass(
  request: NextRequest,
  { configuration, requestId, response }: Passing,
): Promise<NextResponse> {
  const { method, nextUrl } = request;
  const forwarded = new Headers(request.headers);
  if (!isData(request) && !PAGE_METHODS.includes(method)) {
    throw new AppError({ kind: 'method-not-allowed', allow: PAGE_METHODS });
  }
  const budget = budgetOf(method, nextUrl.pathname);
  const { owner, counted, setCookie } = await admit(request, configuration).catch(
    async (refusal: unknown) => {
      // A guess at a key costs as much as an answer, also where answers cost nothing.
      await countRequest('api', countedFor(request, configuration), response);
      throw refusal;
    },
  );
  await countRequest(budget, counted, response);
  if (setCookie) response.append('Set-Cookie', setCookie);
  forwarded.set(REQUEST_ID_HEADER, requestId);
  forwarded.set(OWNER_HEADER, owner);
  forwarded.set(GATE_HEADER, gateOf(requestId, owner));
  if (!isData(request)) {
    const nonce = crypto.randomUUID().replaceAll('-', '');
    const policy = pagePolicy(nonce, configuration.NODE_ENV === 'development');
    // Next takes the nonce for its own scripts from the request's policy.
    forwarded.set('content-security-policy', policy);
    response.set('Content-Security-Policy', policy);
  }
  return NextResponse.next({ request: { headers: forwarded } });
}

async function admit(request: NextRequest, configuration: Env): Promise<Visitor> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_MAX) throw bodyTooLarge();
  return visitorOf(request, configuration);
}

async function countRequest(
  name: BudgetName | null,
  counted: string,
  response: Headers,
): Promise<void> {
  if (name === null) return;
  const { windows, limit } = (await budgets())[name];
  const standing = await limit(counted);
  const headers = rateHeaders(standing, windows, Date.now());
  for (const [header, value] of Object.entries(headers)) response.set(header, value);
  if (standing.success) return;
  const retryAfterSeconds = secondsLeft(standing.reset, Date.now());
  throw new AppError({ kind: 'rate-limited', retryAfterSeconds });
}

const isData = ({ nextUrl }: NextRequest): boolean => isDataPath(nextUrl.pathname);

function copyInto(target: Response, headers: Headers): void {
  for (const [name, value] of headers) {
    if (name === 'set-cookie') target.headers.append(name, value);
    else target.headers.set(name, value);
  }
}

function logAnswered(
  { method, nextUrl }: NextRequest,
  answered: { requestId: string; status: number; startedAt: number; fields: object },
): void {
  const { requestId, status, startedAt, fields } = answered;
  const latency_ms = Math.round(performance.now() - startedAt);
  const path = nextUrl.pathname;
  logAccess({ request_id: requestId, method, path, status, latency_ms, ...fields });
}
