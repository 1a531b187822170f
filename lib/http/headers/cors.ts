/** What OpenAI's SDK sends from a browser. */
const SDK_HEADERS = ['arch', 'lang', 'os', 'package-version', 'retry-count', 'runtime']
  .concat('runtime-version', 'timeout', 'helper-method')
  .map((name) => `X-Stainless-${name}`);
/** The last four before those are headers of tracing libraries, such as OpenTelemetry and Sentry, in a page of another origin. */
const ALLOWED_HEADERS = [
  'Content-Type, Authorization, Idempotency-Key, Last-Event-ID, X-Request-ID, X-Ask-Session',
  'traceparent, tracestate, baggage, sentry-trace',
  ...SDK_HEADERS,
].join(', ');
const ALLOWED_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
const EXPOSED_HEADERS =
  'X-Request-ID, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, RateLimit, RateLimit-Policy, Retry-After, Link, Content-Disposition';
const PREFLIGHT_SECONDS = '600';

/** CORS headers for an origin in FRONTEND_ORIGIN; only `Vary` for any other. */
export function corsHeaders(
  origin: string | null,
  allowed: readonly string[],
): Record<string, string> {
  if (allowed.length === 0) return {};
  if (origin === null || !allowed.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

export const isPreflight = (request: Request): boolean =>
  request.method === 'OPTIONS' && request.headers.has('access-control-request-method');

export const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': ALLOWED_METHODS,
  'Access-Control-Allow-Headers': ALLOWED_HEADERS,
  'Access-Control-Max-Age': PREFLIGHT_SECONDS,
};
