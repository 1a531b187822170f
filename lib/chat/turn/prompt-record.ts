import type { PromptMessage, SentRequest } from '@/lib/ports/model';

/** The texts of a system message that are shown apart, in their order. */
export const PROMPT_TEXTS = ['system', 'about', 'memory'] as const;
export type PromptText = (typeof PROMPT_TEXTS)[number];

/**
 * A piece of a sent message: the text itself; one of the texts shown apart; or what a stored message, by its `seq`, has
 * up to a position or between two, in UTF-16 units. A stored text only ever grows, so the piece stays what it was.
 */
export type PromptPiece =
  | string
  | { readonly of: PromptText }
  | readonly [seq: number, to: number]
  | readonly [seq: number, from: number, to: number];

/** What a model was sent; stored texts are references. */
export interface PromptRecord {
  readonly model: string;
  readonly parameters: SentRequest['parameters'];
  /** How many earlier messages did not fit. */
  readonly omitted: number;
  /** Each is the text itself, or the first `length` units of a kept one. */
  readonly texts: Partial<
    Record<PromptText, string | { readonly id: string; readonly length: number }>
  >;
  readonly messages: readonly (readonly [PromptMessage['role'], ...PromptPiece[]])[];
}

/** Where the texts of a turn's prompt are stored. */
export interface PromptPlaces {
  readonly texts: readonly {
    readonly kind: PromptText;
    readonly id: string;
    readonly text: string;
  }[];
  /** The `seq` of the question and the reply. */
  readonly question: number;
  readonly reply: number;
}
