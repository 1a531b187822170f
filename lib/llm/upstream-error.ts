import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { AppError, type UpstreamReason } from '@/lib/errors';

/** A failure of the upstream; `what` is for the log, in our own words. */
export const upstreamError = (
  reason: UpstreamReason,
  what: string,
  retryAfterSeconds?: number,
): AppError =>
  new AppError(
    { kind: 'upstream', reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
    { cause: new Error(what) },
  );

/**
 * What a thrown value of the SDK or of `fetch` means. The upstream's own text is left out: it may quote the prompt,
 * and a 401 may quote the key.
 */
export function toUpstreamError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof APIConnectionTimeoutError) {
    // Without a connection nothing was asked, so asking again costs nothing.
    const code = networkCode(thrown);
    return CONNECT_TIMEOUTS.has(code)
      ? upstreamError('unreachable', code)
      : upstreamError('timeout', 'no answer in time');
  }
  if (!(thrown instanceof APIConnectionError) && thrown instanceof APIError) {
    // The SDK leaves both types open; `undefined` is what it says of a failed connection.
    const { status, headers } = thrown as { status?: number; headers?: Headers };
    if (status !== undefined) return statusError(status, headers, knownCode(thrown));
  }
  return upstreamError('unreachable', networkCode(thrown));
}

function statusError(status: number, headers: Headers | undefined, code: string | null): AppError {
  const reason = code && NO_MONEY.has(code) ? 'refused' : reasonOf(status);
  const what = `status ${String(status)}${code ? ` ${code}` : ''}`;
  return upstreamError(reason, what, retryAfter(headers));
}

function reasonOf(status: number): UpstreamReason {
  if (status === 408) return 'timeout';
  if (status === 429) return 'limited';
  return status >= 500 ? 'failing' : 'refused';
}

const CONNECT_TIMEOUTS: ReadonlySet<string> = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Sent with a 429, but waiting does not help. */
const NO_MONEY: ReadonlySet<string> = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

/** What an upstream may say of its own error in the log; any other word could be a secret. */
const KNOWN_CODES: ReadonlySet<unknown> = new Set([
  ...NO_MONEY,
  'account_deactivated',
  'content_filter',
  'content_policy_violation',
  'context_length_exceeded',
  'invalid_api_key',
  'invalid_request_error',
  'invalid_value',
  'model_not_found',
  'not_found_error',
  'overloaded_error',
  'rate_limit_exceeded',
  'server_error',
  'unknown_parameter',
  'unsupported_parameter',
  'unsupported_value',
]);

/** The `code` or `type` of an error object in the manner of OpenAI, when it is one that we know. */
export function knownCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, type } = error as { code?: unknown; type?: unknown };
  const known = [code, type].find((word) => KNOWN_CODES.has(word));
  return typeof known === 'string' ? known : null;
}

/** Such as ECONNREFUSED; the messages of network errors may hold an address with credentials. */
function networkCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'the connection broke';
  if ('code' in thrown && /^[A-Z0-9_]{2,40}$/.test(String(thrown.code))) return String(thrown.code);
  return networkCode(thrown.cause);
}

/** No upstream is waited for longer, whatever it says. */
const RETRY_AFTER_MAX = 3600;

/** Seconds from now, from a `Retry-After` in seconds or as a date. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const given = Number(value);
  const seconds = Number.isNaN(given) ? (Date.parse(value) - Date.now()) / 1000 : given;
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(RETRY_AFTER_MAX, Math.max(0, Math.ceil(seconds)));
}
