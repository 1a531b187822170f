import { TRASH_DAYS } from '@/lib/sessions/trash-days';

/** Why something did not work, as a person is told. `code` 0: the server could not be reached. */
export interface Problem {
  readonly code: number;
  readonly message: string;
  /** The request id, by which an operator finds it in the log. */
  readonly ref: string | null;
  /** Milliseconds since 1970 before which trying again is pointless. */
  readonly retryAt: number | null;
}

type Sentences = Readonly<Record<number, string>>;

const SENTENCES: Sentences = {
  0: 'The server could not be reached. Check your connection.',
  401: 'The server does not know you any more. Reload the page.',
  403: 'The server refused this request. Reload the page and try again.',
  404: 'This session is not there any more.',
  409: 'This was changed elsewhere in the meantime. Reload to see it.',
  413: 'This is too long.',
  421: 'The server does not go by this name. Open it by another address, or ask its operator to add this one to ALLOWED_HOSTS.',
  429: 'You have asked for a lot in a short time. Wait a moment.',
  503: 'The server cannot do this at the moment. Try again shortly.',
};

const OF_MESSAGES: Sentences = {
  413: 'This message is too long. Shorten it and send it again.',
  422: 'This message was sent before with other words. Send it anew.',
  429: 'You have sent many messages in a short time.',
  503: 'The model is not available at the moment. Try again shortly.',
};

const OF_RESTORING: Sentences = {
  404: `It cannot be brought back here: its ${String(TRASH_DAYS)} days are over, or the server does not know this browser any more.`,
};

/** Where a code says something more particular than elsewhere, because of what was asked. */
function sentencesOf(path: string): Sentences {
  if (path.startsWith('/api/chat')) return OF_MESSAGES;
  return path.endsWith('/restore') ? OF_RESTORING : {};
}

/**
 * Refusals that name what was met and what to do about it: a quota, a budget, a block, a name. What is said to
 * programs, or is no sentence, is worded here instead.
 */
const TELLING = new Set([401, 403, 421, 429]);
const FOR_PROGRAMS = /^(This API key|Requests with a cookie)|^[A-Z][a-z]*( [A-Z][a-z]*)*$/;

/** The sentence for a code. What the server says of the cause is kept where it is for people: it names it better. */
export function friendlySentence(code: number, said: string, path = ''): string {
  if (code === 400) return said || 'The server could not read this.';
  if (TELLING.has(code) && said && !FOR_PROGRAMS.test(said)) return said;
  if (code === 500 && said && said !== 'Internal Server Error') return said;
  return (
    sentencesOf(path)[code] ?? SENTENCES[code] ?? 'Something went wrong on the server. Try again.'
  );
}

/** The sentence for a message that got no reply, whether this tab was told or a page brings it. */
export const messageSentence = (code: number, said: string): string =>
  friendlySentence(code, said, '/api/chat');

export const UNREACHABLE: Problem = {
  code: 0,
  message: friendlySentence(0, ''),
  ref: null,
  retryAt: null,
};

/** Nobody answered, so nobody knows whether it arrived. */
export const isUnanswered = (problem: Problem | null): boolean => problem?.code === 0;

/** What an error's body says: of the first wrong field, where it names one. */
export function saidIn(body: { error: unknown; details?: unknown }): string {
  const [first] = Array.isArray(body.details) ? (body.details as unknown[]) : [];
  const wrong: unknown = typeof first === 'object' && first && 'msg' in first ? first.msg : null;
  return typeof wrong === 'string' ? `${wrong}.` : String(body.error);
}

/** What was to be changed is no longer what it was. */
export const isConflict = ({ code }: Problem): boolean => code === 409;

export const canRetry = ({ code }: Problem): boolean => ![400, 404, 413, 421, 422].includes(code);

/** The server is there and will say the same again, however often it is asked: only a person can change that. */
export const isRefusal = ({ code }: Problem): boolean => code >= 400 && code < 500 && code !== 429;
