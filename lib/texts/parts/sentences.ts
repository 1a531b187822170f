import type { FailureKind, ReasonOf } from '@/lib/errors';
import type { PublicFailure } from '@/lib/public-failure';

/** The values of a failure that its sentence may need. */
export type Values = Omit<PublicFailure, 'kind' | 'reason' | 'error'>;

export type Sentence = string | ((values: Values) => string);

/** A sentence for each reason of a kind; one for a kind that has no reasons. */
export type SentencesOf<Kind extends FailureKind> = [ReasonOf<Kind>] extends [never]
  ? Sentence
  : { readonly [Reason in ReasonOf<Kind>]: Sentence };

/** Every failure of the server, and those that a browser detects itself. */
export type FailureSentences = { readonly [Kind in FailureKind]: SentencesOf<Kind> } & Readonly<
  Record<LocalKind, string>
>;

/** A table that leaves out kinds or reasons. */
export type SomeSentences = {
  readonly [Kind in keyof FailureSentences]?: FailureSentences[Kind] extends Sentence
    ? FailureSentences[Kind]
    : Partial<FailureSentences[Kind]>;
};

/**
 * Failures that the browser finds by itself. `unreachable`: no response. `page-fault`: a bug in the page.
 * `page-not-drawn`: a page could not be rendered. `passkey-…`: the browser used or made none, or has one
 * already. The others describe a reply of which only its end
 * is known.
 */
export type LocalKind =
  | 'unreachable'
  | 'not-sent'
  | 'page-fault'
  | 'page-not-drawn'
  | 'passkey-unused'
  | 'passkey-here'
  | 'reply-empty'
  | 'reply-never-began'
  | 'reply-stopped'
  | 'reply-stopped-early';

type Table = Readonly<Record<string, Sentence | Readonly<Record<string, Sentence>> | undefined>>;

/** The sentence of a table for a failure; null where the table has none. */
export function sentenceIn(table: SomeSentences, failure: PublicFailure): string | null {
  // The failure may come from another version, so its kind and reason may be unknown.
  const ofKind = own(table as Table, failure.kind);
  const sentence = typeof ofKind === 'object' ? own(ofKind, failure.reason ?? '') : ofKind;
  return (typeof sentence === 'function' ? sentence(failure) : sentence) ?? null;
}

const own = <Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
