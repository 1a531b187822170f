import type OpenAI from 'openai';
import { isTooLong } from '@/lib/errors';
import type { ModelRequest } from '../port';
import { toUpstreamError } from '../upstream-error';
import { changed, type Learned } from './learned';
import { lessonOf, saysNothing } from './lesson';
import { refusalOf } from './refusal';
import { bodyFor } from './takes';

/**
 * Opens an answer. A refusal that says what the model does not take is followed by a request without that, at once;
 * each lesson takes something away, so that there is an end to it.
 */
export async function ask(
  client: OpenAI,
  learned: Learned,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<Response> {
  const { model, requestId, maxTokens } = request;
  let way = learned.wayFor(model, requestId);
  for (;;) {
    try {
      const body = bodyFor(way.takes, request);
      const response = await client.chat.completions.create(body, { signal }).asResponse();
      learned.answered(model, way);
      return response;
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      // What is too long as it is stays so with other fields.
      const teaches = refusal && !isTooLong(toUpstreamError(thrown));
      const lesson = teaches ? lessonOf(way.takes, refusal, maxTokens !== undefined) : null;
      // A fault is tried again later, and may be one that stream_options brings about.
      if (refusal?.status === 500 && saysNothing(refusal)) learned.failed(model, requestId);
      if (!lesson) throw thrown;
      way = changed(way, lesson);
    }
  }
}
