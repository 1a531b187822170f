export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Tokens as the upstream counted them. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export interface ModelRequest {
  /** Of the turn that it is asked for, for the log. */
  readonly requestId: string;
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  /** The longest reply to ask for, in tokens; undefined: the upstream's own limit. */
  readonly maxTokens?: number | undefined;
  /** Aborting closes the upstream connection; `stream` then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /**
   * Called with each piece of text as it arrives, never empty, never ending inside a character. A model that reads
   * from a connection reads on when what it answers, if that is a promise, has resolved.
   */
  readonly onText: (text: string) => unknown;
  /** Called when what was said beyond `length` turned out to be no part of the reply: the model only thought it. */
  readonly onCut?: (length: number) => void;
}

/** Why a reply ended: by itself, at the longest that the upstream writes, or because the upstream held the rest back. */
export type Finish = 'stop' | 'length' | 'filter';

/**
 * What the app needs of a language model.
 * `stream` resolves when the upstream said that it finished, and rejects with an `AppError` of kind
 * `upstream` or `unavailable` when it failed or broke off, also after text was delivered.
 */
export interface Model {
  stream(request: ModelRequest): Promise<{ usage: Usage | null; finish: Finish }>;
}

/** What may be asked for; the first is the default. */
export interface ModelList {
  readonly models: readonly string[];
  /** No upstream is configured. */
  readonly demo: boolean;
  /** The upstream is away, and has not said yet what it has: these are names to try. */
  readonly guessed?: boolean;
}

export interface ModelCatalogue {
  list(): Promise<ModelList>;
  /** How many tokens a model can read and write at once; null where its server did not say. */
  contextTokens(model: string): number | null;
}
