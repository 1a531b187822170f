import { isTooLong } from '@/lib/errors';
import type { Finish, Model, ModelEvent, Parameters, SentRequest, Usage } from '@/lib/ports/model';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import type { Prompt } from '@/lib/chat/prompt/prompt';
import type { PromptRecord } from '@/lib/chat/turn/prompt-record';
import { spentTokens } from '@/lib/chat/turn/spent-tokens';
import type { Tokens } from '@/lib/usage/price';
import { underWay } from './under-way';

export interface ModelCall {
  readonly model: string;
  /** In tokens; null: the upstream's own limit. */
  readonly maxTokens: number | null;
  /** Null: the model's own. */
  readonly temperature: number | null;
  /** More fields of the body, in OpenAI's names. */
  readonly parameters?: Parameters;
  /** How long the model thought in the turns that this one continues; null where it did not, or that is unknown. */
  readonly thoughtMs: number | null;
  readonly prompt: () => Prompt;
  /** A shorter prompt with fewer exchanges; null when there are none to drop. */
  readonly shorter: (prompt: Prompt) => Prompt | null;
  /** Describes a request for the store; null: it is not kept. */
  readonly record: (sent: SentRequest, prompt: Prompt) => PromptRecord | null;
}

interface Deps {
  readonly model: Model;
  /** Reasoning is part of the reply. */
  readonly withReasoning: boolean;
}

/** How the model's answer ended. */
export type AnswerEnd =
  | { readonly usage: Usage | null; readonly finish: Finish }
  | { readonly usage: null; readonly cause: unknown };

/** The request of a turn to its model. */
export interface ModelCaller {
  /** Never rejects. */
  call(onEvent: (event: ModelEvent) => unknown): Promise<AnswerEnd>;
  /** The prompt that was sent last. */
  prompt(): Prompt;
  /** The tokens of the request, with what the upstream counted, if it did, and all that it wrote. */
  spent(usage: Usage | null, output: string): Tokens;
  /** Describes the request that was sent last; null before, or when it is not kept. */
  record(): PromptRecord | null;
}

export function modelCaller(
  { model, withReasoning }: Deps,
  turn: LiveTurn,
  call: ModelCall,
): ModelCaller {
  const priorLength = turn.length();
  let prompt: Prompt = { messages: [], omitted: 0, sections: [] };
  let sent: SentRequest | null = null;
  const asking = underWay({ onSent: (request) => (sent = request) });
  let recorded: { of: SentRequest; record: PromptRecord | null } | null = null;

  const stream = (onEvent: (event: ModelEvent) => unknown) => {
    const request = { model: call.model, messages: prompt.messages };
    sent = { ...request, parameters: {} };
    return model.stream({
      ...request,
      requestId: turn.requestId,
      maxTokens: call.maxTokens ?? undefined,
      temperature: call.temperature ?? undefined,
      parameters: call.parameters,
      signal: turn.signal,
      withReasoning,
      ...asking.listeners,
      onEvent(event) {
        asking.hear(event);
        return onEvent(event);
      },
    });
  };

  return {
    prompt: () => prompt,
    spent: (usage, output) =>
      spentTokens({
        usage,
        messages: prompt.messages,
        tools: call.parameters?.['tools'],
        output,
        billed: asking.isBilled(turn.abortedAs() !== null),
      }),
    record() {
      if (!sent) return null;
      if (recorded?.of !== sent) recorded = { of: sent, record: call.record(sent, prompt) };
      return recorded.record;
    },
    async call(onEvent) {
      try {
        prompt = call.prompt();
        const { usage, finish } = await stream(onEvent).catch((cause: unknown) => {
          // Retries with fewer exchanges when the prompt exceeded the model's context.
          const shorter =
            isTooLong(cause) && turn.length() === priorLength ? call.shorter(prompt) : null;
          if (!shorter) throw cause;
          prompt = shorter;
          return stream(onEvent);
        });
        return { usage, finish };
      } catch (cause) {
        return { usage: null, cause };
      }
    },
  };
}
