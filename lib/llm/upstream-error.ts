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
  if (thrown instanceof APIConnectionTimeoutError)
    return upstreamError('timeout', 'no answer in time');
  if (thrown instanceof APIConnectionError)
    return upstreamError('unreachable', networkCode(thrown));
  if (thrown instanceof APIError && typeof thrown.status === 'number') {
    const { status, headers } = thrown as { status: number; headers: Headers | undefined };
    return upstreamError(reasonOf(status), `status ${String(status)}`, retryAfter(headers));
  }
  return upstreamError('unreachable', networkCode(thrown));
}

function reasonOf(status: number): UpstreamReason {
  if (status === 408) return 'timeout';
  if (status === 429) return 'limited';
  return status >= 500 ? 'failing' : 'refused';
}

/** Such as ECONNREFUSED; the messages of network errors may hold an address with credentials. */
function networkCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'the connection broke';
  if ('code' in thrown && /^[A-Z0-9_]{2,40}$/.test(String(thrown.code))) return String(thrown.code);
  return networkCode(thrown.cause);
}

/** Seconds from now, from a `Retry-After` in seconds or as a date. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
