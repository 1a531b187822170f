import { completionError } from '@/lib/completions/error';
import { isCompletionsPath } from '@/lib/completions/error-shape';
import { statusOf, type Failure } from '@/lib/errors';
import { pageFailure, publicFailure } from '@/lib/public-failure';
import { apiSentence } from '@/lib/texts/api-errors';
import type { Translation } from '@/lib/texts/translations';
import { directionOf } from '@/lib/texts/languages';
import { mistakeSentence } from '@/lib/texts/parts/mistake-sentence';
import { personSentence } from '@/lib/texts/person-sentence';
import { errorPage, ERROR_PAGE_HEADERS } from './error-page';
import { json } from './json';

/** The request that failed. */
interface Asked {
  readonly requestId: string;
  readonly translation: Translation;
}

/**
 * The one shape of every error: {error, code, request_id, kind}, with reason and values, and details of wrong fields.
 * `mistake`: the first of them for people, where they do not read English.
 */
function errorResponse(failure: Failure, { requestId, translation }: Asked): Response {
  const code = statusOf(failure);
  const details = failure.kind === 'invalid' ? failure.details : undefined;
  const first = details?.[0]?.msg ?? '';
  const mistake = mistakeSentence(translation.mistakes, first);
  const body = {
    ...pageFailure(failure),
    ...(mistake !== first && { mistake }),
    error: apiSentence(failure, translation),
    request_id: requestId,
    ...(details && { details }),
  };
  return json(body, { status: code, headers: headersOf(failure) });
}

/** In the shape that the clients of this path read. */
export const errorResponseAt = (path: string, failure: Failure, asked: Asked): Response =>
  isCompletionsPath(path) ? completionErrorResponse(failure) : errorResponse(failure, asked);

/** In the format of OpenAI's API. The SDKs obey `X-Should-Retry`. */
function completionErrorResponse(failure: Failure): Response {
  const { status, body, mayRetry } = completionError(failure);
  const headers = { ...headersOf(failure), ...(!mayRetry && { 'X-Should-Retry': 'false' }) };
  return json(body, { status, headers });
}

/** The same as a page for a browser. */
export function errorPageResponse(failure: Failure, { requestId, translation }: Asked): Response {
  const { language, serverTexts } = translation;
  const headers = headersOf(failure);
  const status = statusOf(failure);
  const seconds = headers['Retry-After'];
  const again = seconds === undefined ? null : serverTexts.tryLater(seconds);
  const sentence = personSentence(translation, publicFailure(failure));
  return new Response(
    errorPage({ language, direction: directionOf(language), status, sentence, requestId, again }),
    {
      status,
      headers: { ...ERROR_PAGE_HEADERS, 'Cache-Control': 'no-store', ...headers },
    },
  );
}

function headersOf(failure: Failure): Record<string, string> {
  if (failure.kind === 'method-not-allowed') return { Allow: failure.allow.join(', ') };
  if (failure.kind === 'unsupported') return { 'Accept-Encoding': 'identity' };
  if (failure.kind === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer' };
  if ('retryAfterSeconds' in failure && failure.retryAfterSeconds !== undefined) {
    return { 'Retry-After': String(Math.ceil(failure.retryAfterSeconds)) };
  }
  return {};
}
