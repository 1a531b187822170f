import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keepLines, logAccess } from '@/lib/http/response/access-log';
import { CLIENT_CLOSED_REQUEST } from '@/lib/http/response/client-closed-request';
import { isLoggedInside } from '@/lib/http/request/api-path';
import { REQUEST_ID_HEADER } from '@/lib/http/request/request-id';
import { networkOfRequest } from './first-check';
import { addressFields } from '@/lib/http/identity/principal-fields';

interface Begun {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Set on responses that the middleware does not answer itself. Where it is a serverless function of its own, the
 * page's function logs.
 */
const PASSED_ON = 'x-middleware-next';

/**
 * Access log of pages, redirects and refusals under `next start` and on platforms: from Node's diagnostics channel,
 * since no hook of Next reports how a page's response ended.
 */
export function logPages(): void {
  const lines = new AsyncLocalStorage<object>();
  keepLines(lines);
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Begun;
    const [path = ''] = (request.url ?? '').split('?');
    if (isLoggedInside(path)) return;
    const startedAt = performance.now();
    const fields = {};
    lines.enterWith(fields);
    response.once('close', () => {
      if (response.hasHeader(PASSED_ON)) return;
      logAccess({
        request_id: String(response.getHeader(REQUEST_ID_HEADER) ?? crypto.randomUUID()),
        method: request.method ?? '',
        path,
        status: response.headersSent ? response.statusCode : CLIENT_CLOSED_REQUEST,
        latency_ms: Math.round(performance.now() - startedAt),
        ...addressFields(networkOfRequest(headersOf(request))),
        ...fields,
      });
    });
  });
}

const headersOf = ({ headers }: IncomingMessage) => ({
  get: (name: string) => headers[name]?.toString() ?? null,
});
