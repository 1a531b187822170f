import 'server-only';
import OpenAI, { BadRequestError } from 'openai';
import { completion, type Completion } from './completion';
import type { Model, ModelRequest, Usage } from './port';
import { sseParser } from './sse-parser';
import { toUpstreamError, upstreamError } from './upstream-error';

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
    const create = () =>
      client.chat.completions
        .create(
          {
            model: request.model,
            messages: [...request.messages],
            stream: true,
            ...(askUsage && { stream_options: { include_usage: true } }),
          },
          { signal },
        )
        .asResponse();
    try {
      return await create();
    } catch (thrown) {
      if (
        !askUsage ||
        !(thrown instanceof BadRequestError) ||
        !/stream_options/.test(thrown.message)
      )
        throw thrown;
      askUsage = false;
      return create();
    }
  };

  return {
    async stream(request) {
      const silence = new AbortController();
      const signal = AbortSignal.any([request.signal, silence.signal]);
      const timer = setTimeout(() => {
        silence.abort();
      }, options.timeoutMs + options.idleTimeoutMs);
      try {
        const response = await open(request, signal);
        clearTimeout(timer);
        return await readAnswer(response, request, silence, options.idleTimeoutMs);
      } catch (thrown) {
        request.signal.throwIfAborted();
        throw silence.signal.aborted
          ? upstreamError('timeout', 'silent for too long')
          : toUpstreamError(thrown);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function readAnswer(
  response: Response,
  request: ModelRequest,
  silence: AbortController,
  idleTimeoutMs: number,
): Promise<{ usage: Usage | null }> {
  const said = completion();
  const type = response.headers.get('content-type') ?? '';
  if (!response.body || /html/i.test(type))
    throw upstreamError('broken', 'the answer is no event stream');
  const idle = setTimeout(() => {
    silence.abort();
  }, idleTimeoutMs);
  try {
    if (/application\/json/i.test(type)) {
      deliver(said, [await response.text()], request);
      // A whole completion needs no word that it is finished.
      if (said.readable()) return { usage: said.usage() };
    } else {
      await readStream(response.body, said, request, idle);
      if (said.finished()) return { usage: said.usage() };
    }
  } finally {
    clearTimeout(idle);
  }
  if (!said.readable()) throw upstreamError('broken', 'nothing in the answer could be read');
  throw upstreamError('unreachable', 'the answer was cut off');
}

/** How long the upstream may leave the connection open after it said that it is done. */
const LINGER_MS = 100;

async function readStream(
  body: ReadableStream<Uint8Array>,
  said: Completion,
  request: ModelRequest,
  idle: NodeJS.Timeout,
): Promise<void> {
  const parser = sseParser();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    idle.refresh();
    const payloads = done ? parser.end() : parser.push(value);
    deliver(said, payloads, request);
    if (done) return;
    if (payloads.includes('[DONE]')) break;
  }
  // The end of the body usually follows at once, and leaves the connection free for the next turn.
  let linger: NodeJS.Timeout | undefined;
  const waited = new Promise<void>((resolve) => (linger = setTimeout(resolve, LINGER_MS)));
  await Promise.race([reader.read(), waited]);
  clearTimeout(linger);
  await reader.cancel();
}

function deliver(said: Completion, payloads: readonly string[], { onText }: ModelRequest): void {
  const text = said.read(payloads);
  if (text) onText(text);
}
