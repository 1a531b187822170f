import { APIConnectionError, APIError } from 'openai';
import { SaidInAnswer } from '../failure/said-in-answer';

/** What a server said against a request. It is only read to be recognised: it may quote the prompt, or the key. */
export interface Refusal {
  readonly status: number;
  /** The field that it names as wrong; '' when it names none. */
  readonly field: string;
  /** A code that means more than that the request is wrong; '' when there is none. */
  readonly code: string;
  /** All of it, in lower case. */
  readonly words: string;
}

/** Longer than any explanation: what comes after it is the prompt, quoted. */
const WORDS_MAX = 4000;
const MEANS_NOTHING = /^(\d*|bad_?request(error)?|invalid_request_error|invalid_argument)$/i;

/** Null for what is no answer to the request as it was made, such as 401, 429 or a broken connection. */
export function refusalOf(thrown: unknown): Refusal | null {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  // A server that began to answer was not silent about what is wrong.
  if (cause instanceof SaidInAnswer)
    return read({ code: 'in the answer', ...cause.said, status: cause.status, error: cause.said });
  if (!(thrown instanceof APIError) || thrown instanceof APIConnectionError) return null;
  return read(thrown);
}

interface Said {
  readonly status?: unknown;
  readonly error?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly param?: unknown;
}

function read({ status, error, message, code, param }: Said): Refusal | null {
  if (status !== 400 && status !== 422 && status !== 500) return null;
  const said = error === undefined ? String(message) : JSON.stringify(error);
  const text = typeof code === 'string' ? code : '';
  return {
    status,
    field: typeof param === 'string' && param !== 'None' ? param : '',
    code: MEANS_NOTHING.test(text) ? '' : text,
    words: said.slice(0, WORDS_MAX).toLowerCase(),
  };
}
