/** An upstream's error object; any server may have sent it. */
export interface ErrorBody {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
  readonly metadata?: unknown;
}

/**
 * The error object in a body: OpenAI's, Google's in an array, a bare one as of vLLM, FastAPI's `detail`, Cloudflare's
 * list, or words.
 */
export function errorIn(body: unknown): ErrorBody {
  if (Array.isArray(body)) return errorIn((body as unknown[])[0]);
  if (typeof body === 'string') return { message: body };
  if (typeof body !== 'object' || body === null) return {};
  if ('error' in body && body.error) return errorIn(body.error);
  if ('errors' in body && Array.isArray(body.errors)) return errorIn(body.errors);
  if ('detail' in body && !('message' in body)) return { message: JSON.stringify(body.detail) };
  return body;
}

/** Longer than any explanation: the rest is the quoted prompt. */
const WORDS_MAX = 2000;

/** The message, only for matching: never shown or logged. */
export function messageOf({ message, metadata }: ErrorBody): string {
  // A gateway passes on the provider's error in `metadata`.
  const parts = [message, metadata].filter((part) => part !== undefined && part !== null);
  return parts
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' ')
    .slice(0, WORDS_MAX);
}

/** The HTTP status in an error, or the one that its type implies; null if neither. */
export function statusIn(error: ErrorBody): number | null {
  const { code, status } = error;
  const named = [code, status].map(Number).find((number) => number >= 400 && number < 600);
  return named ?? STATUSES.get(knownCode(error)) ?? null;
}

const STATUSES: ReadonlyMap<string | null, number> = new Map([
  ['Arrearage', 400],
  ['BadRequestError', 400],
  ['content_filter', 400],
  ['data_inspection_failed', 400],
  ['INVALID_ARGUMENT', 400],
  ['context_length_exceeded', 400],
  ['exceed_context_size_error', 400],
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['invalid_api_key', 401],
  ['UNAUTHENTICATED', 401],
  ['budget_exceeded', 402],
  ['insufficient_quota', 402],
  ['PERMISSION_DENIED', 403],
  ['permission_error', 403],
  ['model_not_found', 404],
  ['NotFoundError', 404],
  ['NOT_FOUND', 404],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['RESOURCE_EXHAUSTED', 429],
  ['rate_limit_error', 429],
  ['rate_limit_exceeded', 429],
  ['overloaded_error', 529],
  ['unavailable_error', 503],
  ['UNAVAILABLE', 503],
]);

/** The error codes that may be logged; any other text could contain a secret. */
const KNOWN_CODES: ReadonlySet<unknown> = new Set([
  ...STATUSES.keys(),
  'DeploymentNotFound',
  'InternalServerError',
  'account_deactivated',
  'api_error',
  'billing_hard_limit_reached',
  'content_policy_violation',
  'invalid_model',
  'invalid_prompt',
  'invalid_value',
  'model_decommissioned',
  'model_not_supported',
  'server_error',
  'unknown_parameter',
  'unsupported_parameter',
  'unsupported_value',
]);

/** The `code`, `type` or `status` of an error, if it is a known one. */
export function knownCode({ code, type, status }: ErrorBody): string | null {
  const found = [code, type, status].find((word) => KNOWN_CODES.has(word));
  return typeof found === 'string' ? found : null;
}
