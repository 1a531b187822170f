/** Refusals by the server process, in the shape of every error; Next would send a bare 500 or nothing. */
import { existsSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { ERROR_PAGE_HEADERS, errorPage, wantsPage } from '../../lib/http/response/error-page.ts';
import { errorShape, isCompletionsPath } from '../../lib/completions/error-shape.ts';
import { isApiPath } from '../../lib/http/request/api-path.ts';
import { CONSTANT_HEADERS } from './constant-headers.mjs';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Static files bypass the middleware, and Next answers some methods on them with 500. */
const FILE = /^\/(_next\/static\/|diagrams\/|pwa\/|icon\.svg$)/;
/** For one that is missing, Next would render a page without the middleware's checks. */
const PUBLIC = /^\/(diagrams|pwa)\//;
const methodsOf = (path) => (FILE.test(path) ? ['GET', 'HEAD'] : METHODS);

/** The path that Next will serve: without `..` and the query. */
export const pathOf = (url) => (url.startsWith('/') ? new URL(`http://host${url}`).pathname : url);

/** Null for a request that Next can handle. */
export function checkSyntax(request, path) {
  const status = refusedSize(request) ?? refusedStatus(request, path);
  return status && { status, fields: fieldsOf(status) };
}

/** For the access log. */
export function fieldsOf(status) {
  const { kind: error, reason = error } = BODIES[status] ?? unreadable(status);
  return { error, reason };
}

/** Next compares each of them with all the others: thousands, which fit into a request, would take it seconds. */
const PARAMETERS_MAX = 100;
const COOKIES_MAX = 200;
const isOver = (list, separator, max) => list.split(separator, max + 1).length > max;

function refusedSize({ url, headers: { cookie = '' } }) {
  if (isOver(url, '&', PARAMETERS_MAX)) return 414;
  return isOver(cookie, ';', COOKIES_MAX) ? 431 : null;
}

function refusedStatus({ method, httpVersion, headers: { expect }, headersDistinct }, path) {
  if (!methodsOf(path).includes(method)) return 405;
  if (!path.startsWith('/')) return 400;
  if (httpVersion === '1.1' && headersDistinct.host?.length !== 1) return 400;
  if (expect && !/^100-continue$/i.test(expect)) return 417;
  if (PUBLIC.test(path) && !existsSync(`public${path}`)) return 404;
  try {
    // Next's own error page, which it would serve with a 500 at this address.
    return decodeURIComponent(path) === '/_global-error' ? 404 : null;
  } catch {
    return 400;
  }
}

/** The status for an error of Node's HTTP parser. */
export function statusOfParser({ code }) {
  if (code === 'HPE_INVALID_METHOD') return 405;
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return 400;
}

/** As lib/texts/api-errors.ts has them, which cannot be read before the app is open. */
const BODIES = {
  404: { kind: 'not-found', reason: 'address', error: 'Not Found' },
  405: { kind: 'method-not-allowed', error: 'Method Not Allowed' },
  414: {
    kind: 'invalid',
    reason: 'request',
    error: `The address has more than ${PARAMETERS_MAX} parameters`,
  },
  431: {
    kind: 'invalid',
    reason: 'request',
    error: `The headers are too long, or hold more than ${COOKIES_MAX} cookies: delete those of this site`,
  },
  500: { kind: 'internal', error: 'Internal Server Error' },
};

const unreadable = (status) => ({
  kind: 'invalid',
  reason: 'request',
  error: status === 400 ? 'The request cannot be read' : STATUS_CODES[status],
});

const bodyOf = (path, status, failure, requestId) =>
  isCompletionsPath(path)
    ? errorShape(status, failure.error, { code: failure.kind.replaceAll('-', '_') })
    : { ...failure, code: status, request_id: requestId };

function answer({ status, ...refusal }, requestId, { path = '/', allow = METHODS, asPage } = {}) {
  const failure = refusal.failure ?? BODIES[status] ?? unreadable(status);
  const { sentence = failure.error, language = 'en', direction = 'ltr' } = refusal;
  const body = asPage
    ? errorPage({ language, direction, status, sentence, requestId, again: null })
    : JSON.stringify(bodyOf(path, status, failure, requestId));
  const headers = {
    ...CONSTANT_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    ...(asPage && ERROR_PAGE_HEADERS),
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-ID': requestId,
    ...(status === 405 && { Allow: allow.join(', ') }),
    Connection: 'close',
  };
  return { headers, body };
}

export function refuse(response, refusal, requestId) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { method, url, headers: requested } = response.req;
  const path = pathOf(url);
  const asPage = !isApiPath(path) && wantsPage(method, requested.accept);
  const { headers, body } = answer(refusal, requestId, { path, allow: methodsOf(path), asPage });
  response.writeHead(refusal.status, headers).end(method === 'HEAD' ? undefined : body);
}

/** Refuses a connection without a parsed request. False: it could not be answered, and was only closed. */
export function refuseSocket(socket, status) {
  if (!socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return false;
  }
  const { headers, body } = answer({ status }, crypto.randomUUID());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  return true;
}
