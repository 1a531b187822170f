import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { AppError, type UpstreamReason } from '@/lib/errors';
import { errorIn, knownCode, statusIn, type ErrorBody } from './error-body';
import { retryAfter } from './retry-after';
import { ErrorInAnswer } from './error-in-answer';
import { reasonOf } from './upstream-reason';

/** A failure of the upstream. `what` is for the log, and must not contain the upstream's text. */
export const upstreamError = (
  reason: UpstreamReason,
  what: string | Error,
  retryAfterSeconds?: number,
): AppError =>
  new AppError(
    { kind: 'upstream', reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
    { cause: typeof what === 'string' ? new Error(what) : what },
  );

/**
 * Maps an error of the SDK or of `fetch` to a failure. Leaves out the upstream's text: it may quote the prompt, and a
 * 401 may quote the key.
 */
export function toUpstreamError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof APIConnectionTimeoutError) {
    // Without a connection no request was made, so a retry costs nothing.
    const code = networkCode(thrown);
    return CONNECT_TIMEOUTS.has(code)
      ? upstreamError('unreachable', code)
      : upstreamError('timeout', 'response timeout');
  }
  if (!(thrown instanceof APIConnectionError) && thrown instanceof APIError) {
    // The SDK types both as `any`; both are undefined for a failed connection.
    const { status, headers, message } = thrown as APIError & {
      status?: number;
      headers?: Headers;
    };
    const error = { message, ...errorIn(thrown.error) };
    if (status !== undefined)
      return upstreamError(
        reasonOf(status, error),
        named(status, error),
        retryAfter(headers, error),
      );
  }
  return isBug(thrown)
    ? new AppError({ kind: 'internal' }, { cause: new Error(`bug: ${thrown.name}`) })
    : upstreamError('unreachable', networkCode(thrown));
}

/** `fetch` throws a TypeError as well, always with a cause, which the SDK wraps. Asking again does not help with a bug. */
const isBug = (thrown: unknown): thrown is Error =>
  thrown instanceof ReferenceError ||
  thrown instanceof RangeError ||
  (thrown instanceof TypeError && thrown.cause === undefined && !('code' in thrown));

/** Maps an error within a stream to a failure. */
export function streamedError(body: unknown): AppError {
  const error = errorIn(body);
  const status = statusIn(error) ?? 500;
  const cause = new ErrorInAnswer(`an error in the answer, ${named(status, error)}`, status, error);
  return upstreamError(reasonOf(status, error), cause, retryAfter(undefined, error));
}

function named(status: number, error: ErrorBody): string {
  const code = knownCode(error);
  return `status ${String(status)}${code ? ` ${code}` : ''}`;
}

/** The same error with the requested model. */
export function ofModel(error: AppError, model: string): AppError {
  const { failure, cause } = error;
  return failure.kind === 'upstream' ? new AppError({ ...failure, model }, { cause }) : error;
}

const CONNECT_TIMEOUTS: ReadonlySet<string> = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** A code such as ECONNREFUSED: the message may contain a URL with credentials. */
function networkCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'the connection broke';
  if ('code' in thrown && /^[A-Z0-9_]{2,40}$/.test(String(thrown.code))) return String(thrown.code);
  return networkCode(thrown.cause);
}
