import type { Price } from '@/lib/usage/price';

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Of a message with images: all of its parts, which are sent in place of the text. */
  readonly parts?: readonly MessagePart[];
  /** Of a reply: the tools that it called. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of a tool's answer: the id of its call. */
  readonly toolCallId?: string;
}

/** As OpenAI's API has them. The address of an image is a `data:` URL, so that no server fetches anything. */
export type MessagePart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image_url';
      readonly image_url: { readonly url: string; readonly detail?: 'auto' | 'low' | 'high' };
    };

/** A client's tool, called by the model. Only the client runs it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
}

/** Tokens as the upstream counted them. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** A request as the model's server was sent it. */
export interface SentRequest {
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  /** All other fields of its body. */
  readonly parameters: Parameters;
}

export type Parameters = Readonly<Record<string, unknown>>;

export interface ModelRequest {
  /** The request id of the turn, for the log. */
  readonly requestId: string;
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  /** The longest reply to request, in tokens; undefined: the upstream's own limit. */
  readonly maxTokens?: number | undefined;
  /** Undefined: the model's own. */
  readonly temperature?: number | undefined;
  /** More fields of the body, by their names in OpenAI's API. */
  readonly parameters?: Parameters | undefined;
  /** Aborting closes the upstream connection. `stream` then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** True: reasoning is emitted too. Else it is left out, and only shows as `progress`. */
  readonly withReasoning?: boolean;
  /** Called before each attempt; the last one is the one that is answered. */
  readonly onSent?: (sent: SentRequest) => void;
  /** Called when an attempt failed and another one follows after a pause. */
  readonly onRefused?: () => void;
  /**
   * Called with each event as it comes. If it returns a promise, the model reads on only after that resolves
   * (back-pressure).
   */
  readonly onEvent: (event: ModelEvent) => unknown;
}

/**
 * An event of a model's answer, in order. Texts are never empty and never split a surrogate pair. Each source comes at
 * most once.
 */
export type ModelEvent =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** A page that the answer cites. `title` is null if none was sent. */
  | { readonly kind: 'source'; readonly url: string; readonly title: string | null }
  /** At the end of an answer, and only where tools were offered. */
  | { readonly kind: 'tool-call'; readonly call: ToolCall }
  /**
   * Retracts everything beyond `length` (UTF-16 units of this answer, text and emitted reasoning), because text turned
   * out to be reasoning or the other way round. The next events replace it. Sources stay.
   */
  | { readonly kind: 'cut'; readonly length: number }
  /** The model generates something that is not emitted, or not yet. */
  | { readonly kind: 'progress' }
  /** Before `stream` rejects: what the upstream had counted, if that covers all that it sent. */
  | { readonly kind: 'usage'; readonly usage: Usage };

/**
 * Why a reply ended: normally, at the upstream's maximum length, at its content filter, or because the model called a
 * tool.
 */
export type Finish = 'stop' | 'length' | 'filter' | 'tool-calls';

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
  /** What the model costs; null when neither the operator nor its server says so. */
  priceOf(model: string): Price | null;
  /** The server, which may list prices, could not be asked yet. */
  pricesPending(): boolean;
}
