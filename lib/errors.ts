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
  /** `model`: the name that was asked for. The seconds may be a fraction. */
  | { kind: 'upstream'; reason: UpstreamReason; model?: string; retryAfterSeconds?: number }
  /** The reply broke off; what had arrived is kept. `kept`: how much of it was stored when its process died. */
  | { kind: 'interrupted'; kept?: number }
  /** The reply ends before its own end; what had arrived is kept, and can be continued. */
  | { kind: 'cut-short'; reason: CutReason }
  | { kind: 'unavailable'; retryAfterSeconds: number }
  | { kind: 'internal' };

/** Why the model's server gave no answer. `loading`: it says so; `away`: it is said, often by a proxy, to be away. */
export type UpstreamReason =
  | 'unreachable'
  | 'timeout'
  | 'loading'
  | 'away'
  | 'failing'
  | 'broken'
  | RefusalReason
  | WordlessReason;

/** The server is well, and answered that it does not do this: `refused` is any 4xx that has no name of its own. */
type RefusalReason =
  'refused' | 'key' | 'forbidden' | 'unknown-model' | 'credit' | 'too-long' | 'limited';

/** The server is well, and its answer ended without a word. */
type WordlessReason = 'empty' | 'length' | 'filter';

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

/** For the person who runs the program, too: the one who reads it is often both. */
const UPSTREAM_MESSAGE = {
  unreachable: () => 'The model could not be reached. Try again in a moment.',
  timeout: () => 'The model took too long to answer. Try again in a moment.',
  loading: (model) => `The server is still loading ${model}. Try again in a moment.`,
  away: (model) => `The server of ${model} is not there for now. Try again in a moment.`,
  failing: () => 'The model reported an error of its own. Try again in a moment.',
  broken: () => 'The model sent an answer that could not be read. Try again.',
  refused: (model) =>
    `The server of ${model} refused the request. The operator can find its status in the log.`,
  key: (model) => `The server of ${model} did not accept the API key. Check OPENAI_API_KEY.`,
  forbidden: (model) =>
    `The API key may not use ${model}. Choose another model, or check what the key is allowed to do.`,
  'unknown-model': (model) =>
    `The server does not know ${model}. Choose another model, or check CHAT_MODELS and OPENAI_BASE_URL.`,
  credit: (model) =>
    `The account that pays for ${model} has no credit left. Check its billing with the provider.`,
  'too-long': (model) =>
    `The conversation is longer than ${model} can read. Start a new session, send less, or choose a model with a larger context.`,
  limited: (model) =>
    `The server of ${model} is busy, or its rate limit is reached. Try again in a moment.`,
  empty: () => 'The model gave no answer. Try again.',
  length: () =>
    'The model reached its length limit before its first word, so trying again gives the same. Raise CHAT_REPLY_MAX_TOKENS or the limit of its server, or ask for less.',
  filter: () => 'The model’s server held back the whole reply. Say it in other words.',
} as const satisfies Record<UpstreamReason, (model: string) => string>;

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
  if (failure.kind === 'upstream')
    return UPSTREAM_MESSAGE[failure.reason](failure.model ? `“${failure.model}”` : 'the model');
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

/** True when fewer words may be answered. */
export const isTooLong = (thrown: unknown): boolean => {
  const failure = failureOf(thrown);
  return failure.kind === 'upstream' && failure.reason === 'too-long';
};

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
