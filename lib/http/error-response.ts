import { messageOf, statusOf, type Failure } from '@/lib/errors';
import { json } from './json';

/** The one shape of every error: {error, code, request_id} and, for wrong fields, details. */
export function errorResponse(failure: Failure, requestId: string): Response {
  const code = statusOf(failure);
  const details = failure.kind === 'invalid' ? failure.details : undefined;
  const body = {
    error: messageOf(failure),
    code,
    request_id: requestId,
    ...(details && { details }),
  };
  return json(body, { status: code, headers: headersOf(failure) });
}

function headersOf(failure: Failure): Record<string, string> {
  if (failure.kind === 'method-not-allowed') return { Allow: failure.allow.join(', ') };
  if (failure.kind === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer' };
  if ('retryAfterSeconds' in failure && failure.retryAfterSeconds !== undefined) {
    return { 'Retry-After': String(failure.retryAfterSeconds) };
  }
  return {};
}
