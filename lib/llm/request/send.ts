import type OpenAI from 'openai';
import { isTooLong, type UpstreamReason } from '@/lib/errors';
import { onFirstEvent } from '@/lib/ports/first-event';
import type { ModelRequest } from '@/lib/ports/model';
import { toUpstreamError } from '@/lib/llm/failure/upstream-error';
import { changed, type Learned } from './learned';
import { isLimitTooLarge, lessonOf, saysNothing, type Lesson } from './lesson';
import { refusalOf, type Refusal } from './refusal';
import { bodyFor, type Takes } from './takes';

/** Reads an answer for this request. */
type Read<Answer> = (response: Response, request: ModelRequest) => Promise<Answer>;

/**
 * Asks for an answer and reads it. A refusal that says what the model does not take, also one within the answer, is
 * followed by a request without that, at once; each lesson takes something away, so that there is an end to it.
 */
export async function ask<Answer>(
  client: OpenAI,
  learned: Learned,
  request: ModelRequest,
  signal: AbortSignal,
  read: Read<Answer>,
): Promise<Answer> {
  const { model, requestId, maxTokens } = request;
  let way = learned.wayFor(model, requestId);
  for (;;) {
    let answered = false;
    const onAnswered = () => {
      if (!answered) learned.answered(model, requestId, way);
      answered = true;
    };
    try {
      const body = bodyFor(way.takes, request);
      const response = await client.chat.completions.create(body, { signal }).asResponse();
      const answer = await read(response, onFirstEvent(request, onAnswered));
      onAnswered();
      return answer;
    } catch (thrown) {
      const refusal = answered ? null : refusalOf(thrown);
      const lesson = refusal && taught(way.takes, refusal, thrown, maxTokens !== undefined);
      // A fault is tried again later, and may be one that stream_options brings about.
      if (refusal?.status === 500 && saysNothing(refusal)) learned.failed(model, requestId);
      if (!lesson) throw thrown;
      way = changed(way, lesson);
    }
  }
}

/** What is too long stays so with other fields, unless only the reply has no room. A known fault teaches no guess. */
function taught(takes: Takes, refusal: Refusal, thrown: unknown, limited: boolean): Lesson | null {
  const error = toUpstreamError(thrown);
  const lesson = lessonOf(takes, refusal, limited);
  if (isLimitTooLarge(refusal)) return lesson;
  if (isTooLong(error)) return null;
  const isUnknown = error.failure.kind === 'upstream' && UNKNOWN.has(error.failure.reason);
  return lesson?.sure === false && !isUnknown ? null : lesson;
}

const UNKNOWN: ReadonlySet<UpstreamReason> = new Set(['refused', 'failing']);
