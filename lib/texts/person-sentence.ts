import type { PublicFailure } from '@/lib/public-failure';
import type { Translation } from './translations';
import { failureSentence } from './failure-sentence';
import { sentenceIn } from './parts/sentences';

/** The sentence of any failure for people, with words that no page loads. */
export const personSentence = (
  { texts, allFailures }: Pick<Translation, 'texts' | 'allFailures'>,
  failure: PublicFailure,
): string => sentenceIn(allFailures, failure) ?? failureSentence(texts, failure);

/** A failure with its sentence, for a page. */
export const withSentence = <Failure extends PublicFailure>(
  translation: Translation,
  failure: Failure,
): Failure => ({ ...failure, error: personSentence(translation, failure) });
