import type { PublicFailure } from '@/lib/public-failure';
import { allFailures } from './en/failures/all-failures';
import { failureSentence } from './failure-sentence';
import { sentenceIn } from './parts/sentences';

/** The sentence of any failure for people, with words that no page loads: for the server, and for code loaded later. */
export const personSentence = (failure: PublicFailure): string =>
  sentenceIn(allFailures, failure) ?? failureSentence(failure);

/** A failure with its sentence, for a page. */
export const withSentence = <Failure extends PublicFailure>(failure: Failure): Failure => ({
  ...failure,
  error: personSentence(failure),
});
