import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keepLines, logAccess } from '@/lib/http/response/access-log';
import { CLIENT_LEFT } from '@/lib/http/response/client-left';
import { isLoggedInside } from '@/lib/http/request/api-path';
import { REQUEST_ID_HEADER } from '@/lib/http/request/request-id';
import { networkOfRequest } from './screen';
import { addressFields } from '@/lib/http/identity/who-fields';

interface Begun {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Where the middleware is a function of its own, what it lets pass is told by the function of the page. */
const PASSED_ON = 'x-middleware-next';

/**
 * Writes the line of every page, of what is refused before it and of redirects, under a server that is not ours: from
 * Node's own notice of each request, since nothing that Next calls knows how a page ended.
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
        status: response.headersSent ? response.statusCode : CLIENT_LEFT,
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
