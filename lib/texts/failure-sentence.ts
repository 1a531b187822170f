import type { PublicFailure } from '@/lib/public-failure';
import { sentenceIn } from './parts/sentences';
import { texts } from './texts';

/**
 * The sentence that a person reads of a failure: made where it is shown, so that it is the same before and after a
 * reload. For a kind or reason that this version does not know, the sentence of the server that sent it.
 */
export const failureSentence = (failure: PublicFailure): string =>
  sentenceIn(texts.failures, failure) ??
  failure.error ??
  (failure.kind === 'unavailable' ? texts.failures.unavailable.store : texts.failures.internal);
