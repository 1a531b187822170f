import 'server-only';
import { NextResponse, type NextRequest } from 'next/server';
import type { Access } from '@/lib/accounts/access';
import { env, type Env } from '@/lib/env';
import { AppError, causesOf, failureOf } from '@/lib/errors';
import { log } from '@/lib/log';
import { annotateLine, logAccess } from '@/lib/http/response/access-log';
import { authorize } from './authorize';
import { isBehindServer } from '@/lib/http/network/client-address';
import { corsHeaders, isPreflight, PREFLIGHT_HEADERS } from '@/lib/http/headers/cors';
import { isApiPath } from '@/lib/http/request/api-path';
import { wantsPage } from '@/lib/http/response/error-page';
import { errorPageResponse, errorResponseAt } from '@/lib/http/response/error-response';
import { failureFields } from '@/lib/http/response/failure-fields';
import { accessMode } from '@/lib/http/identity/access-mode';
import { signInPath } from '@/lib/http/identity/public-path';
import { signRequest } from '@/lib/http/identity/internal-signature';
import { REQUEST_ID_HEADER, requestIdOf } from '@/lib/http/request/request-id';
import { checkScope, PAGE_SCOPE } from '@/lib/http/keys/route-scopes';
import { logProxies } from './log-proxies';
import { networkOfRequest, firstCheck } from './first-check';
import { pagePolicy, securityHeaders } from '@/lib/http/headers/security-headers';
import { addressFields } from '@/lib/http/identity/principal-fields';
import { translationFor } from '@/lib/http/identity/asked-language';

const PAGE_METHODS = ['GET', 'HEAD'];

/** A request in the middleware, with its context. */
interface Handled {
  readonly request: NextRequest;
  readonly configuration: Env;
  readonly requestId: string;
  readonly startedAt: number;
  /** Headers for the response, whether the middleware or the handler sends it. */
  readonly response: Headers;
  /** For the access log. */
  readonly fields: Record<string, unknown>;
}

/**
 * Runs before every page and handler: sets the request id and headers, identifies the caller, and checks permission and
 * rate limits. Refusals are answered here.
 */
export async function handleRequest(request: NextRequest): Promise<NextResponse> {
  const configuration = env();
  const requestId = requestIdOf(request.headers);
  const handled: Handled = {
    request,
    configuration,
    requestId,
    startedAt: performance.now(),
    response: headersFor(request, configuration, requestId),
    fields: {},
  };
  const address = networkOfRequest(request.headers);
  try {
    Object.assign(handled.fields, addressFields(address));
    // scripts/server/serve-app.mjs has already done so, for files too.
    if (!isBehindServer()) {
      logProxies(request.headers);
      firstCheck(request.headers);
    }
    const access = accessMode(configuration);
    if (isData(request) && isPreflight(request)) {
      return answered(handled, new Response(null, { status: 204, headers: PREFLIGHT_HEADERS }));
    }
    return await forward(handled, access, address);
  } catch (thrown) {
    return refused(handled, thrown);
  }
}

const headersFor = (
  request: NextRequest,
  { FRONTEND_ORIGIN, HSTS }: Env,
  requestId: string,
): Headers =>
  new Headers({
    ...securityHeaders(HSTS),
    ...(isData(request) && corsHeaders(request.headers.get('origin'), FRONTEND_ORIGIN)),
    'X-Request-ID': requestId,
  });

async function forward(handled: Handled, access: Access, address: string): Promise<NextResponse> {
  const { request, configuration, requestId, response, fields } = handled;
  const { method } = request;
  // Next's own error page, which it would serve with a 500 at this address.
  if (request.nextUrl.pathname === '/_global-error') throw notFound();
  if (!isData(request) && !PAGE_METHODS.includes(method)) {
    throw new AppError({ kind: 'method-not-allowed', allow: PAGE_METHODS });
  }
  const caller = await authorize(request, { configuration, access, address, response, fields });
  if (!isData(request)) checkScope(PAGE_SCOPE, caller.principal);
  const forwarded = new Headers(request.headers);
  forwarded.set(REQUEST_ID_HEADER, requestId);
  signRequest(forwarded, requestId, caller);
  if (isData(request)) {
    // The handler sets it: a resent message gets the id of the turn that already answers it.
    response.delete('X-Request-ID');
  } else {
    annotateLine(fields);
    const nonce = crypto.randomUUID().replaceAll('-', '');
    const policy = pagePolicy(nonce, configuration.NODE_ENV === 'development');
    // Next reads the nonce for its own scripts from the request's policy.
    forwarded.set('content-security-policy', policy);
    response.set('Content-Security-Policy', policy);
  }
  const passed = NextResponse.next({ request: { headers: forwarded } });
  copyInto(passed, response);
  return passed;
}

const notFound = (): AppError => new AppError({ kind: 'not-found', reason: 'address' });

function refused(handled: Handled, thrown: unknown): NextResponse {
  const { request, requestId, fields } = handled;
  const failure = failureOf(thrown);
  if (failure.kind === 'internal') {
    log().error({ event: 'http.handle_failed', request_id: requestId, cause: causesOf(thrown) });
  }
  const { error, reason } = failureFields(thrown);
  Object.assign(fields, { error, reason });
  if (error === 'unauthenticated' && reason === 'sign-in' && !isData(request))
    return answered(handled, toSignIn(request));
  const asPage = !isData(request) && wantsPage(request.method, request.headers.get('accept'));
  const { pathname } = request.nextUrl;
  const asked = { requestId, translation: translationFor(request.headers) };
  return answered(
    handled,
    asPage ? errorPageResponse(failure, asked) : errorResponseAt(pathname, failure, asked),
  );
}

function toSignIn({ nextUrl }: NextRequest): Response {
  const to = new URL(signInPath(nextUrl.pathname + nextUrl.search), nextUrl);
  return new Response(null, {
    status: 307,
    headers: { Location: to.href, 'Cache-Control': 'no-store' },
  });
}

function answered(handled: Handled, { status, headers, body }: Response): NextResponse {
  const { request, response, requestId, startedAt, fields } = handled;
  const answer = new NextResponse(body, { status, headers });
  const policy = headers.get('content-security-policy');
  copyInto(answer, response);
  if (policy) answer.headers.set('content-security-policy', policy);
  // scripts/server/serve-app.mjs or page-lines.ts logs a page when its response has ended.
  if (isData(request)) {
    const latency_ms = Math.round(performance.now() - startedAt);
    const { method } = request;
    const path = request.nextUrl.pathname;
    logAccess({ request_id: requestId, method, path, status, latency_ms, ...fields });
  } else annotateLine(fields);
  return answer;
}

const isData = ({ nextUrl }: NextRequest): boolean => isApiPath(nextUrl.pathname);

function copyInto(target: Response, headers: Headers): void {
  for (const [name, value] of headers) {
    if (name === 'set-cookie') target.headers.append(name, value);
    else target.headers.set(name, value);
  }
}
