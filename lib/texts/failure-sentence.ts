import type { PublicFailure } from '@/lib/public-failure';
import { sentenceIn } from './parts/sentences';
import type { Texts } from './texts';

/**
 * The sentence that a person reads of a failure: made where it is shown, so that it is the same before and after a
 * reload. Most come with their sentence from the server, which is the same in an answer, a frame and a page.
 */
export const failureSentence = ({ failures }: Texts, failure: PublicFailure): string =>
  sentenceIn(failures, failure) ??
  failure.error ??
  (failure.kind === 'unavailable' ? failures.unavailable.store : failures.internal);
