import type { PromptMessage, Usage } from '@/lib/ports/model';

/** In most languages and models a token is about four bytes. */
const BYTES_A_TOKEN = 4;

export const estimatedTokens = (text: string): number =>
  Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);

const tokensOf = (sent: unknown): number => (sent ? estimatedTokens(JSON.stringify(sent)) : 0);

/** Tokens spent on a request: the upstream's count, or else an estimate from the prompt, the tools and the output. */
export function spentTokens(
  usage: Usage | null,
  messages: readonly PromptMessage[],
  output: string,
  tools: unknown = null,
): number {
  if (usage) return usage.total_tokens;
  // No output: assume that the upstream did not process the prompt.
  if (output === '') return 0;
  return messages.reduce(
    (sum, { content, toolCalls }) => sum + estimatedTokens(content) + tokensOf(toolCalls),
    estimatedTokens(output) + tokensOf(tools),
  );
}
