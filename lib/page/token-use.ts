/** The tokens of a session. */
export interface TokenUse {
  /** Of all its turns, prompts included. */
  readonly session: number;
  /** The share of the model's context that the last prompt and its reply take; null: unknown. */
  readonly context: { readonly tokens: number; readonly window: number } | null;
}

/** Null without tokens: there is nothing to show. */
export function tokenUse(
  { tokens, contextTokens }: { readonly tokens: number; readonly contextTokens: number | null },
  window: number | null,
): TokenUse | null {
  if (tokens <= 0) return null;
  const isKnown = contextTokens !== null && window !== null && window > 0;
  return { session: tokens, context: isKnown ? { tokens: contextTokens, window } : null };
}

/** At most 1: a model's list may understate its context. */
export const shareOf = ({ tokens, window }: { tokens: number; window: number }): number =>
  Math.min(1, tokens / window);
