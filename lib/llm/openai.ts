import 'server-only';
import OpenAI from 'openai';
import { isTooLong } from '@/lib/errors';
import { boundedFetch } from './bounded-fetch';
import type { Limits } from './answer/patience';
import { readAnswer } from './answer/read-answer';
import type { Model, ModelRequest } from './port';
import { FIELDS_AT_FIRST, fieldsAfter, fieldsFor, type RequestFields } from './request-fields';
import { ofModel, toUpstreamError, upstreamError } from './upstream-error';
import { watchdog } from './watchdog';

export interface UpstreamOptions extends Limits {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  /** How long the upstream may take to begin its answer. */
  readonly timeoutMs: number;
}

export function openaiClient({ apiKey, baseUrl, timeoutMs }: UpstreamOptions): OpenAI {
  return new OpenAI({
    // Servers of one's own often need no key, the SDK always does.
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl,
    timeout: timeoutMs,
    // Retries are another layer's; two layers multiply.
    maxRetries: 0,
    logLevel: 'off',
    fetch: boundedFetch,
    // Followed blindly, a redirect would hand the prompt to another server.
    fetchOptions: { redirect: 'manual' },
  });
}

/** As it is known to work, with one field less, and with one by another name. */
const ASKED_MAX = 3;

/** A model behind any OpenAI-compatible server. */
export function openaiModel(options: UpstreamOptions): Model {
  const client = openaiClient(options);
  let known = FIELDS_AT_FIRST;

  const open = async (request: ModelRequest, signal: AbortSignal): Promise<Response> => {
    const { model, messages, maxTokens } = request;
    const create = (fields: RequestFields) =>
      client.chat.completions
        .create(
          { model, messages: [...messages], stream: true, ...fieldsFor(fields, maxTokens) },
          { signal },
        )
        .asResponse();
    for (let fields = known, asked = 1; ; asked += 1) {
      try {
        const response = await create(fields);
        known = fields;
        return response;
      } catch (thrown) {
        // The same with other fields would be too long as well.
        const next = isTooLong(toUpstreamError(thrown))
          ? null
          : fieldsAfter(fields, thrown, maxTokens);
        if (!next || asked === ASKED_MAX) throw thrown;
        fields = next;
      }
    }
  };

  return {
    async stream(request) {
      // Longer than the SDK's own timeout, which does not cover the body of an error.
      const silence = watchdog(options.timeoutMs + options.idleTimeoutMs);
      try {
        const response = await open(request, AbortSignal.any([request.signal, silence.signal]));
        return await readAnswer(response, request, silence, options);
      } catch (thrown) {
        request.signal.throwIfAborted();
        const error = silence.barked()
          ? upstreamError('timeout', 'silent for too long')
          : toUpstreamError(thrown);
        throw ofModel(error, request.model);
      } finally {
        silence.end();
      }
    },
  };
}
