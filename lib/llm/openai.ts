import 'server-only';
import OpenAI, { APIError } from 'openai';
import { boundedFetch } from './bounded-fetch';
import { completion, type Completion } from './completion';
import type { Model, ModelRequest } from './port';
import { sseParser } from './sse-parser';
import { toUpstreamError, upstreamError } from './upstream-error';
import { watchdog, type Watchdog } from './watchdog';

export interface UpstreamOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  /** How long the upstream may take to begin its answer. */
  readonly timeoutMs: number;
  /** How long it may be silent within its answer. */
  readonly idleTimeoutMs: number;
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

/** A model behind any OpenAI-compatible server. */
export function openaiModel(options: UpstreamOptions): Model {
  const client = openaiClient(options);
  /** Some servers refuse to be asked for usage; once one did, it is not asked again. */
  let askUsage = true;

  const open = async (request: ModelRequest, signal: AbortSignal): Promise<Response> => {
    const create = (withUsage: boolean) =>
      client.chat.completions
        .create(
          {
            model: request.model,
            messages: [...request.messages],
            stream: true,
            ...(withUsage && { stream_options: { include_usage: true } }),
          },
          { signal },
        )
        .asResponse();
    try {
      return await create(askUsage);
    } catch (thrown) {
      if (!askUsage || !mayRefuseUsage(thrown)) throw thrown;
      const response = await create(false);
      askUsage = false;
      return response;
    }
  };

  return {
    async stream(request) {
      // Longer than the SDK's own timeout, which does not cover the body of an error.
      const silence = watchdog(options.timeoutMs + options.idleTimeoutMs);
      try {
        const response = await open(request, AbortSignal.any([request.signal, silence.signal]));
        return await readAnswer(response, request, silence, options.idleTimeoutMs);
      } catch (thrown) {
        request.signal.throwIfAborted();
        throw silence.barked()
          ? upstreamError('timeout', 'silent for too long')
          : toUpstreamError(thrown);
      } finally {
        silence.end();
      }
    },
  };
}

/** Few servers name the field that they refuse in a way that can be relied on, and a refusal costs nothing. */
const mayRefuseUsage = (thrown: unknown): boolean =>
  thrown instanceof APIError && (thrown.status === 400 || thrown.status === 422);

/** Hands on what these payloads say; `taken` resolves when more may come. Throws what the upstream reports. */
type Deliver = (payloads: readonly string[]) => {
  readonly spoke: boolean;
  readonly taken: unknown;
};

async function readAnswer(
  response: Response,
  { onText }: ModelRequest,
  silence: Watchdog,
  idleTimeoutMs: number,
): ReturnType<Model['stream']> {
  const said = completion();
  const deliver: Deliver = (payloads) => {
    const text = said.read(payloads);
    const taken = text ? onText(text) : undefined;
    const failure = said.failure();
    if (failure) throw failure;
    return { spoke: text !== '', taken };
  };
  const type = response.headers.get('content-type') ?? '';
  if (!response.body || /html/i.test(type))
    throw upstreamError('broken', 'the answer is no event stream');
  silence.expect(idleTimeoutMs);
  const isWhole = /application\/json/i.test(type);
  if (isWhole) await deliver([await response.text()]).taken;
  else await readStream(response.body, said, deliver, silence, idleTimeoutMs);

  if (!said.readable() && !said.finished())
    throw upstreamError('broken', 'nothing in the answer could be read');
  // A whole completion needs no word that it is finished.
  if (!isWhole && !said.finished()) throw upstreamError('unreachable', 'the answer was cut off');
  return { usage: said.usage() };
}

/** How long an upstream that has said all may take to count its tokens, and to close after `[DONE]`. */
const COUNT_MS = 1000;
const CLOSE_MS = 100;
/** One that thinks, and shows it by comments or empty pieces, may go without a word this many times longer. */
const WORDLESS_FACTOR = 10;

async function readStream(
  body: ReadableStream<Uint8Array>,
  said: Completion,
  deliver: Deliver,
  silence: Watchdog,
  idleTimeoutMs: number,
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
  let patienceMs = idleTimeoutMs;
  let spokeAt = performance.now();
  for (;;) {
    const { done, value } = await read();
    const payloads = done ? parser.end() : parser.push(value);
    const { spoke, taken } = deliver(payloads);
    if (done) return;
    const now = performance.now();
    if (spoke) spokeAt = now;
    else if (now - spokeAt > idleTimeoutMs * WORDLESS_FACTOR)
      throw upstreamError('timeout', 'signs of life without a word for too long');
    if (payloads.includes('[DONE]')) patienceMs = CLOSE_MS;
    else if (said.finished()) patienceMs = Math.min(patienceMs, COUNT_MS);
    silence.expect(patienceMs);
    // What comes meanwhile waits in one piece. Nobody waits for more once all was said.
    if (!said.finished()) await taken;
  }
}
