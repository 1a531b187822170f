import { APIConnectionError, APIError } from 'openai';
import { ErrorInAnswer } from '../failure/error-in-answer';

/** A server's refusal of a request. Only for matching: it may quote the prompt or the key. */
export interface Refusal {
  readonly status: number;
  /** The invalid field; '' if not named. */
  readonly field: string;
  /** A specific error code; '' if there is none or only a generic one. */
  readonly code: string;
  /** The whole error in lower case. */
  readonly message: string;
}

/** Longer than any explanation: the rest is the quoted prompt. */
const MESSAGE_MAX = 4000;
const MEANS_NOTHING = /^(\d*|bad_?request(error)?|invalid_request_error|invalid_argument)$/i;

/** Null for errors that do not concern the request's form, such as 401, 429 or a broken connection. */
export function readRefusal(thrown: unknown): Refusal | null {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  // An error within a response has a reason, even without a code.
  if (cause instanceof ErrorInAnswer) {
    const { body, status } = cause;
    return read({ ...body, status, error: body, code: tellingCode(body.code) || 'in the answer' });
  }
  if (!(thrown instanceof APIError) || thrown instanceof APIConnectionError) return null;
  return read(thrown);
}

interface ErrorFields {
  readonly status?: unknown;
  readonly error?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly param?: unknown;
}

function read({ status, error, message, code, param }: ErrorFields): Refusal | null {
  if (status !== 400 && status !== 422 && status !== 500) return null;
  const text = error === undefined ? String(message) : JSON.stringify(error);
  return {
    status,
    field: typeof param === 'string' && param !== 'None' ? param : '',
    code: tellingCode(code),
    message: text.slice(0, MESSAGE_MAX).toLowerCase(),
  };
}

const tellingCode = (code: unknown): string =>
  typeof code === 'string' && !MEANS_NOTHING.test(code) ? code : '';
