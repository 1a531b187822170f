import { TOKENS_MAX } from '@/lib/sessions/message';
import type { Usage } from '@/lib/ports/model';

/** The upstream's token usage; null if missing or implausible. */
export function usageIn(usage: unknown): Usage | null {
  if (typeof usage !== 'object' || usage === null) return null;
  const { prompt_tokens, completion_tokens, total_tokens } = usage as Record<string, unknown>;
  const whole = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= TOKENS_MAX;
  return whole(prompt_tokens) && whole(completion_tokens) && whole(total_tokens)
    ? { prompt_tokens, completion_tokens, total_tokens }
    : null;
}
