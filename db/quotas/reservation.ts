import { estimatedTokens } from '@/lib/chat/turn/spent-tokens';
import type { TurnContext, TurnOrder } from '@/lib/chat/turn/turn-store';

/** What a turn counts as while it runs, as its row has it. */
export interface Reservation {
  readonly reservedInput: number;
  readonly reservedOutput: number;
}

/** A reply without a limit of its own counts as a long one, with some thought. */
const REPLY_TOKENS = 8000;
/** A client may ask for any number, and the databases' numbers end somewhere. */
const TOKENS_MAX = 10_000_000;

/** The estimate of the prompt, from its context and `question`, and the longest reply that is likely. */
export function reservationOf(
  { promptTokens, contextChars, askedTokens, mostTokens }: TurnOrder,
  { messages, about, memory, systemPrompt, maxTokens }: TurnContext,
  question: readonly string[],
): Reservation {
  const texts = [
    about,
    memory,
    systemPrompt,
    ...messages.map(({ content }) => content),
    ...question,
  ];
  const estimated = texts.reduce((sum, text) => sum + (text ? estimatedTokens(text) : 0), 0);
  return {
    // More characters than that are not sent, and hardly any token is shorter than a character.
    reservedInput: Math.min(promptTokens ?? Math.min(estimated, contextChars), TOKENS_MAX),
    reservedOutput: Math.min(askedTokens ?? maxTokens ?? REPLY_TOKENS, mostTokens ?? TOKENS_MAX),
  };
}
