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
  /** The request id of the turn, for the log. */
  readonly requestId: string;
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  /** The longest reply to request, in tokens; undefined: the upstream's own limit. */
  readonly maxTokens?: number | undefined;
  /** Aborting closes the upstream connection. `stream` then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /**
   * Called with each piece of text as it arrives; never empty, never split inside a surrogate pair. If it returns a
   * promise, the model reads on only after that resolves (back-pressure).
   */
  readonly onText: (text: string) => unknown;
  /** Called when the model generates anything, also reasoning and text that is held back; before its `onText`. */
  readonly onProgress?: () => void;
  /**
   * Called when text beyond `length` (UTF-16 units of this request) turned out to be the model's reasoning, not its
   * reply.
   */
  readonly onCut?: (length: number) => void;
}

/** Why a reply ended: normally, at the upstream's maximum length, or at its content filter. */
export type Finish = 'stop' | 'length' | 'filter';

/**
 * The language model port. `stream` resolves when the upstream finished. It rejects with an `AppError` of kind
 * `upstream` or `unavailable` when the upstream failed or the connection broke, even after some text.
 */
export interface Model {
  stream(request: ModelRequest): Promise<{ usage: Usage | null; finish: Finish }>;
}

/** The available models; the first is the default. */
export interface ModelList {
  readonly models: readonly string[];
  /** True when no upstream is configured. */
  readonly demo: boolean;
  /** The upstream is unavailable and has not listed its models yet: these names are unverified. */
  readonly guessed?: boolean;
}

export interface ModelCatalogue {
  list(): Promise<ModelList>;
  /** The model's context size in tokens; null when its server did not report it. */
  contextTokens(model: string): number | null;
}
