import type { PromptMessage } from '@/lib/llm/port';
import type { TurnContext } from './turn-store';

const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

/** How many stored messages `exchanges` exchanges are at most. */
export const contextMessages = (exchanges: number): number => Math.max(0, exchanges) * 2;

/**
 * The whole prompt of a turn: the instructions, the pinned memory, the recent exchanges, and the new message last.
 * `limit` is the number of messages that the context was read with.
 */
export function buildPrompt(context: TurnContext, text: string, limit: number): PromptMessage[] {
  const { systemPrompt, memory, messages } = context;
  return [
    { role: 'system', content: systemPrompt ?? DEFAULT_SYSTEM_PROMPT },
    ...(memory ? [{ role: 'system', content: `Session memory (pinned): ${memory}` } as const] : []),
    ...wholeExchanges(messages, limit),
    { role: 'user', content: text },
  ];
}

/** A full window may begin with a reply whose question was cut off; that reply would only confuse. */
function wholeExchanges(messages: TurnContext['messages'], limit: number): TurnContext['messages'] {
  if (messages.length < limit) return messages;
  const firstQuestion = messages.findIndex(({ role }) => role === 'user');
  return firstQuestion === -1 ? [] : messages.slice(firstQuestion);
}
