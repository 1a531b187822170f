import type { Parameters, PromptMessage } from '@/lib/ports/model';

/** What a program asks of the model itself. It comes before the settings of a session. */
export interface ModelOptions {
  /** The whole prompt, sent as it is; null: built from the session. */
  readonly prompt: readonly PromptMessage[] | null;
  /** Null: the session's or the deployment's. */
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  /** More fields of the body, in OpenAI's names. */
  readonly parameters: Parameters;
}
