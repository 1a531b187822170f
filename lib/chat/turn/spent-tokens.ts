import type { PromptMessage, Usage } from '@/lib/ports/model';

/** Tokens have about four bytes in most languages and models. */
const BYTES_A_TOKEN = 4;

export const estimatedTokens = (text: string): number =>
  Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);

/** What asking a model took: as the upstream counted, else an estimate of what it was told and what it said. */
export function spentTokens(
  usage: Usage | null,
  messages: readonly PromptMessage[],
  said: string,
): number {
  if (usage) return usage.total_tokens;
  // Nothing was said: as far as anybody can know, nothing was asked.
  if (said === '') return 0;
  return messages.reduce(
    (sum, { content }) => sum + estimatedTokens(content),
    estimatedTokens(said),
  );
}
