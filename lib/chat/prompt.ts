import type { PromptMessage } from '@/lib/llm/port';
import type { TurnContext } from './turn-store';

const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

/** What the pinned memory begins with, in a system message of its own. */
export const MEMORY_HEAD = 'Session memory (pinned): ';

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
    ...(memory ? [{ role: 'system', content: MEMORY_HEAD + memory } as const] : []),
    ...wholeExchanges(messages, limit),
    { role: 'user', content: text },
  ];
}

/** Few servers go on by themselves with a reply that ends a prompt, so they are asked to. */
export const GO_ON =
  'Your last message was cut off. Go on exactly where it stopped: begin with the very next character, repeat nothing and add no introduction.';

/** The prompt of a turn that goes on with a reply: the same as the question's, then what was said of the reply. */
export const buildContinuation = (
  context: TurnContext,
  { question, text }: { question: string; text: string },
  limit: number,
): PromptMessage[] => [
  ...buildPrompt(context, question, limit),
  { role: 'assistant', content: text },
  { role: 'user', content: GO_ON },
];

/** A full window may begin with a reply whose question was cut off; that reply would only confuse. */
function wholeExchanges(messages: TurnContext['messages'], limit: number): TurnContext['messages'] {
  if (messages.length < limit) return messages;
  const firstQuestion = messages.findIndex(({ role }) => role === 'user');
  return firstQuestion === -1 ? [] : messages.slice(firstQuestion);
}
