import 'server-only';
import type OpenAI from 'openai';
import { completion, type Completion } from './completion';
import { patienceWith, type Limits } from './patience';
import type { Model, ModelRequest } from './port';
import { ask } from './request/ask';
import { openaiClient, type ClientOptions } from './request/client';
import { learnedTakes } from './request/learned';
import { sseParser } from './sse-parser';
import { toUpstreamError, upstreamError } from './upstream-error';
import { watchdog, type Watchdog } from './watchdog';

export type UpstreamOptions = ClientOptions & Limits;

const ticks = () => performance.now();

/** A model behind any OpenAI-compatible server. */
export function openaiModel(
  options: UpstreamOptions,
  client: OpenAI = openaiClient(options),
): Model {
  const learned = learnedTakes(ticks);
  return {
    async stream(request) {
      // Longer than the SDK's own timeout, which does not cover the body of an error.
      const silence = watchdog(options.timeoutMs + options.idleTimeoutMs);
      try {
        const signal = AbortSignal.any([request.signal, silence.signal]);
        const response = await ask(client, learned, request, signal);
        return await readAnswer(response, request, silence, options);
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

/** Hands on what these payloads say; `taken` resolves when more may come. Throws what the upstream reports. */
type Deliver = (payloads: readonly string[]) => {
  readonly spoke: boolean;
  readonly taken: unknown;
};

async function readAnswer(
  response: Response,
  { onText }: ModelRequest,
  silence: Watchdog,
  limits: Limits,
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
  silence.expect(limits.idleTimeoutMs);
  const isWhole = /application\/json/i.test(type);
  if (isWhole) await deliver([await response.text()]).taken;
  else await readStream(response.body, said, deliver, silence, limits);

  if (!said.readable() && !said.finished())
    throw upstreamError('broken', 'nothing in the answer could be read');
  // A whole completion needs no word that it is finished.
  if (!isWhole && !said.finished()) throw upstreamError('unreachable', 'the answer was cut off');
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
  const waitAfter = patienceWith(said, limits, ticks);
  for (;;) {
    const { done, value } = await read();
    const payloads = done ? parser.end() : parser.push(value);
    const { spoke, taken } = deliver(payloads);
    if (done) return;
    const waitMs = waitAfter({ bytes: value.byteLength, spoke, payloads });
    if (waitMs === null) return;
    silence.expect(waitMs);
    // What comes meanwhile waits in one piece. Nobody waits for more once all was said.
    if (!said.finished()) await taken;
  }
}
