import type { PromptMessage, Usage } from '@/lib/ports/model';
import type { Tokens } from '@/lib/usage/price';

/** In most languages and models a token is about four bytes. */
const BYTES_A_TOKEN = 4;

export const estimatedTokens = (text: string): number =>
  Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);

const tokensOf = (sent: unknown): number => (sent ? estimatedTokens(JSON.stringify(sent)) : 0);

/** What a prompt is estimated at, with the tools that it offers. */
export const promptTokens = (messages: readonly PromptMessage[], tools: unknown = null): number =>
  messages.reduce(
    (sum, { content, toolCalls }) => sum + estimatedTokens(content) + tokensOf(toolCalls),
    tokensOf(tools),
  );

interface Request {
  readonly usage: Usage | null;
  readonly messages: readonly PromptMessage[];
  readonly tools?: unknown;
  readonly output: string;
  /** The upstream had begun to answer, or had not refused when the request was aborted. */
  readonly billed: boolean;
}

/** Tokens spent on a request: the upstream's count, or else an estimate from the prompt, the tools and the output. */
export function spentTokens({ usage, messages, tools, output, billed }: Request): Tokens {
  if (usage) {
    const { prompt_tokens: input, completion_tokens, total_tokens } = usage;
    // Some servers count what a model thinks in the total alone.
    return { input, output: Math.max(completion_tokens, total_tokens - input) };
  }
  if (output === '' && !billed) return { input: 0, output: 0 };
  return { input: promptTokens(messages, tools), output: estimatedTokens(output) };
}
