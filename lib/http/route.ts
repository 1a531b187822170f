import 'server-only';
import { after } from 'next/server';
import { AppError, failureOf } from '@/lib/errors';
import { plainId } from '@/lib/sessions/id';
import { logAccess } from './access-log';
import { CLIENT_LEFT } from './client-left';
import { errorResponse } from './error-response';
import { failureFields } from './failure-fields';
import { ownerThroughGate } from './gate';
import { REQUEST_ID_HEADER } from './request-id';

/** The names in a pattern such as `/api/sessions/:id`. */
type Params<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & Params<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Record<Name, string>
    : object;

export interface RouteContext<P = object> {
  readonly requestId: string;
  readonly owner: string;
  readonly params: P;
  /** Adds fields to this request's line in the log. */
  readonly annotate: (fields: Record<string, unknown>) => void;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;
type Handlers<P> = Partial<Record<Exclude<Method, 'HEAD' | 'OPTIONS'>, Handler<P>>>;
type NextHandler = (request: Request, next: { params: Promise<unknown> }) => Promise<Response>;

/**
 * The edge of every handler: the only try/catch, the one line in the log, 405 for methods that are not there.
 * Refuses requests that did not come through the middleware. `whenEnded` runs its argument after the last byte of
 * the response was sent or its client left, so that the time of a stream is the time of the whole stream.
 */
export function route<const Pattern extends string>(
  pattern: Pattern,
  handlers: Handlers<Params<Pattern>>,
  whenEnded: (task: () => void) => void = after,
): Record<Method, NextHandler> {
  const allow = METHODS.filter((method) => handlerOf(handlers, method) || method === 'OPTIONS');

  const tellMethods: Handler<Params<Pattern>> = () =>
    Promise.resolve(new Response(null, { status: 204, headers: { Allow: allow.join(', ') } }));

  const serve =
    (method: Method): NextHandler =>
    async (request, next) => {
      const startedAt = performance.now();
      const requestId = request.headers.get(REQUEST_ID_HEADER) ?? crypto.randomUUID();
      const fields: Record<string, unknown> = {};
      let response: Response;
      try {
        const owner = ownerThroughGate(request.headers, requestId);
        if (owner === null) throw new AppError({ kind: 'forbidden', message: 'Forbidden' });
        const handler = method === 'OPTIONS' ? tellMethods : handlerOf(handlers, method);
        if (!handler) throw new AppError({ kind: 'method-not-allowed', allow });
        const params = plainParams(await next.params) as Params<Pattern>;
        const annotate = (more: Record<string, unknown>) => Object.assign(fields, more);
        response = await handler(request, { requestId, owner, params, annotate });
        if (!response.headers.has('cache-control'))
          response.headers.set('Cache-Control', 'no-store');
      } catch (thrown) {
        if (hasLeft(request, thrown)) response = new Response(null, { status: CLIENT_LEFT });
        else {
          Object.assign(fields, failureFields(thrown));
          response = errorResponse(failureOf(thrown), requestId);
        }
      }
      endWithClient(response.body, request.signal);
      const { status } = response;
      whenEnded(() => {
        const latency_ms = Math.round(performance.now() - startedAt);
        const path = new URL(request.url).pathname;
        logAccess({
          request_id: requestId,
          method,
          path,
          route: pattern,
          status,
          latency_ms,
          ...fields,
        });
      });
      return method === 'HEAD' ? withoutBody(response) : response;
    };

  return Object.fromEntries(METHODS.map((method) => [method, serve(method)])) as Record<
    Method,
    NextHandler
  >;
}

function handlerOf<P>(handlers: Handlers<P>, method: Method): Handler<P> | undefined {
  if (method === 'OPTIONS') return undefined;
  return handlers[method === 'HEAD' ? 'GET' : method];
}

/** A stream that nobody will read must be told so. */
function withoutBody(response: Response): Response {
  void response.body?.cancel();
  return new Response(null, response);
}

/** True when all that is wrong is that nobody waits any more. Any other fault counts, also after the client left. */
const hasLeft = ({ signal }: Request, thrown: unknown): boolean =>
  signal.aborted && thrown === signal.reason;

/** Next tells a stream that its client has left only once it has begun to read it. */
function endWithClient(body: Response['body'], signal: AbortSignal): void {
  const end = () => {
    if (body && !body.locked) void body.cancel();
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
}

function plainParams(params: unknown): Record<string, string> {
  const entries = Object.entries((params ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, plainId(typeof value === 'string' ? value : '')]),
  );
}
