import type OpenAI from 'openai';
import { isTooLong, type UpstreamReason } from '@/lib/errors';
import { onFirstEvent } from './first-event';
import type { ModelRequest } from '@/lib/ports/model';
import { toUpstreamError } from '@/lib/llm/failure/upstream-error';
import { nextAttempt, type LearnedCapabilities } from './learned-capabilities';
import { isLimitTooLarge, lessonOf, hasNoReason, type Lesson } from './lesson';
import { readRefusal, type Refusal } from './refusal';
import { bodyFor, wireMessage, type Capabilities, type SentOptions } from './capabilities';

/** Reads an answer for this request. */
type Read<Answer> = (response: Response, request: ModelRequest) => Promise<Answer>;

/**
 * Sends a request to the model's server and reads the response. When the server refuses an unsupported parameter, also
 * within the response, retries at once without it. Each lesson removes a parameter, so the retries end.
 */
export async function sendRequest<Answer>(
  client: OpenAI,
  learned: LearnedCapabilities,
  request: ModelRequest,
  signal: AbortSignal,
  read: Read<Answer>,
): Promise<Answer> {
  const { model, requestId } = request;
  let attempt = learned.attemptFor(model, requestId);
  for (;;) {
    let hasBegun = false;
    const onBegun = () => {
      if (!hasBegun) learned.succeeded(model, requestId, attempt);
      hasBegun = true;
    };
    try {
      const body = bodyFor(attempt.capabilities, request);
      const { model: named, messages, ...parameters } = body;
      request.onSent?.({ model: named, messages, parameters });
      const sent = { ...body, messages: messages.map(wireMessage) };
      const response = await client.chat.completions.create(sent, { signal }).asResponse();
      const answer = await read(response, onFirstEvent(request, onBegun));
      onBegun();
      return answer;
    } catch (thrown) {
      const refusal = hasBegun ? null : readRefusal(thrown);
      const lesson = refusal && lessonFrom(attempt.capabilities, refusal, thrown, request);
      // A 500 is retried later; `stream_options` may have caused it.
      if (refusal?.status === 500 && hasNoReason(refusal)) learned.failed(model, requestId);
      if (!lesson) throw thrown;
      attempt = nextAttempt(attempt, lesson);
    }
  }
}

/** Other parameters do not shorten a prompt that is too long, unless only the reply lacks room. */
function lessonFrom(
  capabilities: Capabilities,
  refusal: Refusal,
  thrown: unknown,
  sent: SentOptions,
): Lesson | null {
  const error = toUpstreamError(thrown);
  const lesson = lessonOf(capabilities, refusal, sent);
  if (isLimitTooLarge(refusal)) return lesson;
  if (isTooLong(error)) return null;
  const isUnknown = error.failure.kind === 'upstream' && UNKNOWN.has(error.failure.reason);
  return lesson?.sure === false && !isUnknown ? null : lesson;
}

const UNKNOWN: ReadonlySet<UpstreamReason> = new Set(['refused', 'failing']);
