import 'server-only';
import OpenAI from 'openai';
import { isTooLong } from '@/lib/errors';
import { boundedFetch } from './bounded-fetch';
import { completion, type Completion } from './completion';
import { patienceWith, type Limits } from './patience';
import type { Model, ModelRequest } from './port';
import { FIELDS_AT_FIRST, fieldsAfter, fieldsFor, type RequestFields } from './request-fields';
import { DONE, sseParser } from './sse-parser';
import { ofModel, toUpstreamError, upstreamError } from './upstream-error';
import { watchdog, type Watchdog } from './watchdog';

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

/** Hands on what these values say; `taken` resolves when more may come. Throws what the upstream reports. */
type Deliver = (values: readonly unknown[]) => {
  readonly spoke: boolean;
  readonly taken: unknown;
};

async function readAnswer(
  response: Response,
  { onText, onCut }: ModelRequest,
  silence: Watchdog,
  limits: Limits,
): ReturnType<Model['stream']> {
  const said = completion();
  const tell = (text: string) => {
    const cut = said.takeCut();
    if (cut !== null) onCut?.(cut);
    return text ? onText(text) : undefined;
  };
  const deliver: Deliver = (values) => {
    const text = said.read(values);
    const taken = tell(text);
    const failure = said.failure();
    if (failure) throw failure;
    return { spoke: text !== '', taken };
  };
  if (!response.body) throw upstreamError('broken', 'the answer is empty');
  silence.expect(limits.idleTimeoutMs);
  await readStream(response.body, said, deliver, silence, limits);
  await tell(said.end());

  if (!said.readable() && !said.finished())
    throw upstreamError('broken', 'nothing in the answer could be read');
  if (!said.isWhole()) throw upstreamError('unreachable', 'the answer was cut off');
  return { usage: said.usage(), finish: said.finish() };
}

async function readStream(
  body: ReadableStream<Uint8Array>,
  said: Completion,
  deliver: Deliver,
  silence: Watchdog,
  limits: Limits,
): Promise<void> {
  const parser = sseParser();
  const reader = body.getReader();
  const read = async () => {
    try {
      return await reader.read();
    } catch (broken) {
      // The reply is whole; how the connection ends after it does not matter.
      if (said.finished()) return { done: true, value: undefined } as const;
      throw broken;
    }
  };
  const waitAfter = patienceWith(said, limits, () => performance.now());
  for (;;) {
    const { done, value } = await read();
    const values = done ? parser.end() : parser.push(value);
    const { spoke, taken } = deliver(values);
    if (done) return;
    const waitMs = waitAfter({ bytes: value.byteLength, spoke, isOver: values.includes(DONE) });
    if (waitMs === null) return;
    silence.expect(waitMs);
    // What comes meanwhile waits in one piece. Nobody waits for more once all was said.
    if (!said.finished()) await taken;
  }
}
