/** One wrong field: where it stands in the input, what is wrong and what to send instead. */
export interface FieldMistake {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/**
 * Everything that can go wrong and that the caller can act on. The text is for people and never secret. `reason` is for
 * the log: which rule or limit refused, such as `STREAMS_PER_OWNER`.
 */
export type Failure =
  | { kind: 'invalid'; message: string; details?: readonly FieldMistake[] }
  | { kind: 'unauthenticated'; message: string }
  | { kind: 'forbidden'; message: string; reason?: string }
  | { kind: 'not-found'; message: string }
  | { kind: 'method-not-allowed'; allow: readonly string[] }
  | { kind: 'conflict'; message: string }
  | { kind: 'too-large'; message: string }
  /** The body is encoded in a way that is not read. */
  | { kind: 'unsupported'; message: string }
  | { kind: 'key-reused' }
  | { kind: 'rate-limited'; retryAfterSeconds: number; reason?: string }
  /** The owner keeps as much as one may; deleting something helps. */
  | { kind: 'over-quota'; message: string; reason?: string }
  /** Too much at a time or on one day, of this owner or of all; waiting helps. */
  | { kind: 'over-budget'; message: string; retryAfterSeconds: number; reason?: string }
  /** The program was called by a name that is not its own. */
  | { kind: 'misdirected'; message: string }
  | { kind: 'upstream'; reason: UpstreamReason; retryAfterSeconds?: number }
  /** The reply broke off; what had arrived is kept. `kept`: how much of it was stored when its process died. */
  | { kind: 'interrupted'; kept?: number }
  /** The reply ends before its own end; what had arrived is kept, and can be continued. */
  | { kind: 'cut-short'; reason: CutReason }
  | { kind: 'unavailable'; retryAfterSeconds: number }
  | { kind: 'internal' };

/** Why the model's server gave no answer. `refused` is a 4xx: sending the same again will not help. */
export type UpstreamReason =
  'unreachable' | 'timeout' | 'failing' | 'refused' | 'limited' | 'broken' | 'empty';

/** `length`: the model wrote no more. `limit`: this program took no more. `filter`: the upstream held the rest back. */
export type CutReason = 'length' | 'limit' | 'filter';

export type FailureKind = Failure['kind'];

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  'key-reused': 422,
  'rate-limited': 429,
  'over-quota': 403,
  'over-budget': 429,
  misdirected: 421,
  upstream: 500,
  interrupted: 500,
  // Never an answer of its own: the reply is there, and the answer says how it ends.
  'cut-short': 200,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<FailureKind, number>;

const UPSTREAM_MESSAGE = {
  unreachable: 'The model could not be reached. Try again in a moment.',
  timeout: 'The model took too long to answer. Try again in a moment.',
  failing: 'The model reported an error of its own. Try again in a moment.',
  refused: 'The model refused the request. The operator can find the reason in the log.',
  limited: 'The model is busy. Try again in a moment.',
  broken: 'The model sent an answer that could not be read. Try again.',
  empty: 'The model gave no answer. Try again.',
} as const satisfies Record<UpstreamReason, string>;

const CUT_MESSAGE = {
  length: 'The model ended its reply at the longest that it writes. What arrived is kept.',
  limit: 'The reply reached the longest that is taken at once. What arrived is kept.',
  filter: 'The model’s server held back the rest of this reply. What arrived is kept.',
} as const satisfies Record<CutReason, string>;

/** Failures that always say the same; most of these are the original's words, to the letter. */
const FIXED_MESSAGE = {
  'method-not-allowed': 'Method Not Allowed',
  'key-reused': 'This Idempotency-Key was used with another body',
  'rate-limited': 'Too Many Requests',
  interrupted: 'The reply was cut off. What arrived is kept.',
  unavailable: 'Service temporarily unavailable',
  internal: 'Internal Server Error',
} as const;

export const statusOf = (failure: Failure): number => STATUS[failure.kind];

/** The sentence a caller sees. Never holds what an upstream or a driver said. */
export function messageOf(failure: Failure): string {
  if ('message' in failure) return failure.message;
  if (failure.kind === 'upstream') return UPSTREAM_MESSAGE[failure.reason];
  if (failure.kind === 'cut-short') return CUT_MESSAGE[failure.reason];
  return FIXED_MESSAGE[failure.kind];
}

/** After how many seconds asking again may help; null where that is not known. */
export const retryAfterOf = (failure: Failure): number | null =>
  'retryAfterSeconds' in failure ? (failure.retryAfterSeconds ?? null) : null;

const BRAND = Symbol.for('ask-next.app-error');

/** The one error that carries a failure through a `throw`; `cause` is for the log only. */
export class AppError extends Error {
  readonly failure: Failure;
  readonly [BRAND] = true;

  /** Next bundles this file more than once; an error of one copy must be known to the others. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(messageOf(failure), options);
    this.name = 'AppError';
    this.failure = failure;
  }
}

/** What a thrown value means to a caller: an unknown error is `internal`. */
export const failureOf = (thrown: unknown): Failure =>
  thrown instanceof AppError ? thrown.failure : { kind: 'internal' };

/** For the log: what an error says of itself and of what led to it. Our own adapters word these. */
export function causesOf(thrown: unknown): string {
  const chain: string[] = [];
  for (let error = thrown; error instanceof Error && chain.length < 5; error = error.cause)
    chain.push(error.message);
  return chain.join(' <- ') || 'unknown';
}

export const sessionNotFound = (): AppError =>
  new AppError({ kind: 'not-found', message: 'Session not found' });

export const invalidFields = (details: readonly FieldMistake[]): AppError =>
  new AppError({ kind: 'invalid', message: 'Validation error', details });

/** Not now, but soon: the store is away, or the process ends. */
export const unavailable = (cause?: unknown): AppError =>
  new AppError({ kind: 'unavailable', retryAfterSeconds: 5 }, { cause });
