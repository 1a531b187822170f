import type { Failure } from '@/lib/errors';
import { publicFailure } from '@/lib/public-failure';
import { allFailures as english } from './en/failures/all-failures';
import { sentenceIn, type SomeSentences } from './parts/sentences';
import type { AllFailures } from './texts';

/**
 * What programs read in `error`, always in English: Ask-Flask's own sentences, to the letter, because a program may
 * compare them. All other failures have the sentence for people.
 */
const API = {
  invalid: {
    request: 'The request cannot be read',
    body: 'Missing or malformed JSON body',
    'chat-body': "Missing JSON body or 'message' field",
    fields: 'Validation error',
    format: 'Invalid format; use json|md',
  },
  unauthenticated: {
    'unknown-key': 'This API key is not known',
    stranger: 'This server does not know you yet. Send a message, open a page or use an API key.',
    'sign-in': 'Sign in, or use an API key.',
  },
  forbidden: {
    'cross-site':
      'Requests with a cookie must come from this site. Programs use an API key instead.',
    unsigned: 'Forbidden',
  },
  'not-found': {
    address: 'Not Found',
    session: 'Session not found',
    trash: 'Session not found',
    turn: 'Turn not found',
    key: 'API key not found',
  },
  'method-not-allowed': 'Method Not Allowed',
  'too-large': { message: 'Message too large', reply: 'Message too large' },
  'key-reused': 'This Idempotency-Key was used with another body',
  'rate-limited': {
    CHAT_RATE_LIMIT: 'Too Many Requests',
    API_RATE_LIMIT: 'Too Many Requests',
    PAGE_RATE_LIMIT: 'Too Many Requests',
    SIGN_IN_RATE_LIMIT: 'Too Many Requests',
  },
  unavailable: {
    model: 'Service temporarily unavailable',
    store: 'Service temporarily unavailable',
    ending: 'Service temporarily unavailable',
    busy: 'Service temporarily unavailable',
  },
  internal: 'Internal Server Error',
} satisfies SomeSentences;

/** The sentence of an answer: in English, or in the language of who asks where programs do not compare it. */
export function apiSentence(
  failure: Failure,
  { allFailures }: { readonly allFailures: AllFailures } = { allFailures: english },
): string {
  const shared = publicFailure(failure);
  const sentence = sentenceIn(API, shared) ?? sentenceIn(allFailures, shared);
  // A row of an earlier version has no reason.
  const bare = failure.kind === 'unavailable' ? API.unavailable.store : API.internal;
  return sentence ?? shared.error ?? bare;
}
