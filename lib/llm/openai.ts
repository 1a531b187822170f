// Only this folder imports the OpenAI SDK. Upstream text never leaves it in an error or a log line.
import 'server-only';
import type OpenAI from 'openai';
import type { Limits } from './answer/read-timeouts';
import { readAnswer } from './answer/read-answer';
import type { Model } from '@/lib/ports/model';
import { sendRequest } from '@/lib/llm/request/send';
import { openaiClient, type ClientOptions } from './request/client';
import { learnedCapabilities } from './request/learned-capabilities';
import { ofModel, toUpstreamError, upstreamError } from '@/lib/llm/failure/upstream-error';
import { watchdog } from '@/lib/llm/answer/watchdog';

export type UpstreamOptions = ClientOptions & Limits;

const ticks = () => performance.now();

/** A model behind any OpenAI-compatible server. `stream` rejects with an `upstream` error, or with the abort reason. */
export function openaiModel(
  options: UpstreamOptions,
  client: OpenAI = openaiClient(options),
): Model {
  const learned = learnedCapabilities(ticks);
  return {
    async stream(request) {
      // Longer than the SDK's timeout, which does not cover an error's body.
      const silence = watchdog(options.timeoutMs + options.idleTimeoutMs);
      try {
        const signal = AbortSignal.any([request.signal, silence.signal]);
        const reasoningStart = {
          expected: learned.beginsInReasoning(request.model),
          learn: (began: boolean) => {
            learned.began(request.model, began);
          },
        };
        return await sendRequest(client, learned, request, signal, async (response, listener) => {
          try {
            return await readAnswer(response, listener, silence, options, reasoningStart);
          } finally {
            silence.restart(options.timeoutMs + options.idleTimeoutMs);
          }
        });
      } catch (thrown) {
        request.signal.throwIfAborted();
        const error = silence.timedOut()
          ? upstreamError('timeout', 'idle timeout')
          : toUpstreamError(thrown);
        throw ofModel(error, request.model);
      } finally {
        silence.end();
      }
    },
  };
}
