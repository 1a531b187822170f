// Every route handler is made here: it checks the middleware’s signature, answers errors and writes one log line.
import 'server-only';
import { after } from 'next/server';
import { AppError, failureOf } from '@/lib/errors';
import { plainId } from '@/lib/sessions/id';
import { CLIENT_CLOSED_REQUEST } from './client-closed-request';
import { errorResponseAt } from './error-response';
import { failureFields } from './failure-fields';
import { verifiedCaller, type Caller } from '@/lib/http/identity/internal-signature';
import { checkRoute } from '@/lib/http/keys/route-scopes';
import { contextOf, newLine, writeLine, type Line } from './route-line';
import { addressFields, principalFields } from '@/lib/http/identity/principal-fields';
import { translationFor } from '@/lib/http/identity/asked-language';
import type { Translation } from '@/lib/texts/translations';

/** The parameter names in a pattern such as `/api/sessions/:id`. */
type Params<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & Params<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Record<Name, string>
    : object;

export interface RouteContext<P = object> extends Caller {
  readonly requestId: string;
  readonly params: P;
  /** What the server says to the caller. */
  readonly translation: Translation;
  /** Adds fields to this request's access log line. */
  readonly annotate: (fields: Record<string, unknown>) => void;
  /** Replaces the request id, in the response and in the log, with the id of a turn. */
  readonly respondAs: (requestId: string) => void;
  /** Runs a task once, when the response has ended, the client disconnected or the request failed. */
  readonly onClose: (task: () => void) => void;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;
type Handlers<P> = Partial<Record<Exclude<Method, 'HEAD' | 'OPTIONS'>, Handler<P>>>;
type NextHandler = (request: Request, next: { params: Promise<unknown> }) => Promise<Response>;

/**
 * The wrapper of every handler: the only catch, the access log, 405 for other methods. Refuses requests that bypassed
 * the middleware. `whenEnded` runs its argument after the response has ended or the client disconnected, so that the
 * latency of a stream covers the whole stream.
 */
export function route<const Pattern extends string>(
  pattern: Pattern,
  handlers: Handlers<Params<Pattern>>,
  whenEnded: (task: () => void) => void = after,
): Record<Method, NextHandler> {
  const allow = METHODS.filter((method) => handlerOf(handlers, method) || method === 'OPTIONS');

  const respondWithMethods: Handler<Params<Pattern>> = () =>
    Promise.resolve(new Response(null, { status: 204, headers: { Allow: allow.join(', ') } }));

  const respond = async (
    method: Method,
    request: Request,
    next: { params: Promise<unknown> },
    line: Line,
  ): Promise<Response> => {
    const caller = verifiedCaller(request.headers, line.requestId);
    if (caller === null) throw new AppError({ kind: 'forbidden', reason: 'unsigned' });
    Object.assign(line.fields, addressFields(caller.address));
    if (caller.known) Object.assign(line.fields, principalFields(caller.principal));
    const handler = method === 'OPTIONS' ? respondWithMethods : handlerOf(handlers, method);
    if (!handler) throw new AppError({ kind: 'method-not-allowed', allow });
    if (method !== 'OPTIONS') checkRoute(method, pattern, caller.principal);
    const params = plainParams(await next.params) as Params<Pattern>;
    const translation = translationFor(request.headers);
    const context = { ...caller, ...contextOf(line), params, translation };
    const response = await handler(request, context);
    if (!response.headers.has('cache-control')) response.headers.set('Cache-Control', 'no-store');
    return response;
  };

  const serve =
    (method: Method): NextHandler =>
    async (request, next) => {
      const line = newLine(request);
      const response = await respond(method, request, next, line).catch((thrown: unknown) => {
        if (hasLeft(request, thrown)) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
        Object.assign(line.fields, failureFields(thrown));
        return errorResponseAt(pattern, failureOf(thrown), {
          requestId: line.requestId,
          translation: translationFor(request.headers),
        });
      });
      response.headers.set('X-Request-ID', line.requestId);
      endWithClient(response.body, request.signal);
      const { status } = response;
      whenEnded(() => {
        line.closeTasks.run();
        writeLine(line, { request, method, route: pattern, status });
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

/** An unread stream must be cancelled, or it stays open. */
function withoutBody(response: Response): Response {
  void response.body?.cancel();
  return new Response(null, response);
}

/** True when the only error is the client's disconnect. Any other error is logged, even after a disconnect. */
const hasLeft = ({ signal }: Request, thrown: unknown): boolean =>
  signal.aborted && thrown === signal.reason;

/** Next cancels a stream on disconnect only once it has begun to read it. */
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
