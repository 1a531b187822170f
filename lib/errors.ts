/** One invalid field: its path in the input, what is wrong and what to send instead. */
export interface FieldMistake {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/**
 * Everything that can go wrong and that the caller can act on. `reason` tells the causes of one kind apart; a bound goes
 * by its variable. The sentences stand in lib/texts, for people and for programs.
 */
export type Failure =
  /** `request`: no request that can be read at all; its status may be another 4xx. */
  | {
      kind: 'invalid';
      reason: 'request' | 'body' | 'chat-body' | 'format';
      details?: readonly FieldMistake[];
    }
  | { kind: 'invalid'; reason: 'fields'; details: readonly FieldMistake[] }
  /**
   * `stranger`: the cookie is missing, or unknown to this server. `no-proxy-user`: the proxy in front named no user.
   * `sign-in`: no person is signed in. `wrong-password`: or an unknown name. `sign-in-over`: it was begun in another browser,
   * too long ago, or is finished. `provider-refused`: the provider does not confirm who signs in. `passkey`: it is unknown.
   */
  | {
      kind: 'unauthenticated';
      reason:
        | 'unknown-key'
        | 'stranger'
        | 'no-proxy-user'
        | 'sign-in'
        | 'wrong-password'
        | 'sign-in-over'
        | 'provider-refused'
        | 'passkey';
    }
  /** The model has no price, which a budget in money needs. */
  | { kind: 'forbidden'; reason: 'no-price'; model: string }
  /** The API key lacks a scope. */
  | { kind: 'forbidden'; reason: 'scope'; scope: string }
  /**
   * `unsigned`: it did not come through the middleware. `account-needed`: not for visitors. `operator`: only an operator
   * may do it. `disabled`: the account.
   */
  | {
      kind: 'forbidden';
      reason:
        | 'blocked'
        | 'cross-site'
        | 'unsigned'
        | 'account-needed'
        | 'operator'
        | 'not-connected'
        | 'sign-up-closed'
        | 'disabled'
        | 'first-account';
    }
  /** `trash`: no session that can be restored; `prompt`: what the model saw was not recorded. */
  | {
      kind: 'not-found';
      reason:
        | 'address'
        | 'session'
        | 'trash'
        | 'turn'
        | 'message'
        | 'revision'
        | 'prompt'
        | 'key'
        | 'person'
        | 'sign-in'
        | 'link'
        | 'provider'
        | 'passkey';
    }
  | { kind: 'method-not-allowed'; allow: readonly string[] }
  | {
      kind: 'conflict';
      reason:
        | 'changed'
        | 'no-such-line'
        | 'not-undoable'
        | 'no-longer-kept'
        | 'memory-full'
        | 'not-continuable'
        | 'not-regenerable'
        | 'reply-full'
        | 'too-many-keys'
        | 'name-taken'
        | 'last-operator'
        | 'last-way'
        | 'connected'
        | 'known-passkey'
        | 'too-many-passkeys';
    }
  /** `limit`: in characters; in kilobytes of a body; in megabytes of a file. */
  | { kind: 'too-large'; reason: 'message' | 'reply' | 'body' | 'file'; limit: number }
  /** A file that cannot be imported at all. `limit`: where it is over one. */
  | { kind: 'unreadable-file'; reason: FileReason; limit?: number }
  /** The body is encoded in a way that is not read; no name: one that is not repeated. */
  | { kind: 'unsupported'; encoding?: string }
  | { kind: 'key-reused' }
  /** `window`: such as `20/minute`. */
  | { kind: 'rate-limited'; reason: RateBound; window: string; retryAfterSeconds: number }
  /** The owner keeps as much as one may; deleting something helps. */
  | { kind: 'over-quota'; reason: QuotaBound; limit: number }
  /**
   * Too much at a time, on one day or in a month, of this owner or of all; waiting helps. `window` of a budget: `day`,
   * `month`, or `replies` where what is left is reserved for the ones that are being written.
   */
  | {
      kind: 'over-budget';
      reason: BudgetBound;
      limit?: number;
      window?: string;
      retryAfterSeconds: number;
    }
  /** The program was called by a name that is not its own. */
  | { kind: 'misdirected' }
  /** `model`: the name that was asked for. The seconds may be a fraction. */
  | { kind: 'upstream'; reason: UpstreamReason; model?: string; retryAfterSeconds?: number }
  /** The reply broke off; what had arrived is kept. `kept`: UTF-16 units stored when its process died. */
  | { kind: 'interrupted'; kept?: number }
  /** The reply was cut short; what had arrived is kept and can be continued. */
  | { kind: 'cut-short'; reason: CutReason }
  | { kind: 'unavailable'; reason: UnavailableReason; retryAfterSeconds: number }
  /** Its operator has not chosen who may use this server. */
  | { kind: 'unavailable'; reason: 'access' }
  | { kind: 'internal' };

/**
 * `unknown`: no conversations are in it. `version`: a later version wrote it. `unpacked`, `ratio`: a zip bomb, or as
 * large as one. `conversation`: one of them is too large. `time`: reading it took too long.
 */
export type FileReason =
  | 'unknown'
  | 'not-json'
  | 'not-utf8'
  | 'cut-off'
  | 'version'
  | 'zip'
  | 'encrypted'
  | 'unsafe-name'
  | 'entries'
  | 'unpacked'
  | 'ratio'
  | 'depth'
  | 'values'
  | 'conversation'
  | 'time';

export type RateBound =
  'CHAT_RATE_LIMIT' | 'API_RATE_LIMIT' | 'PAGE_RATE_LIMIT' | 'SIGN_IN_RATE_LIMIT';

export type QuotaBound = 'OWNER_MAX_SESSIONS' | 'OWNER_MAX_MESSAGES' | 'OWNER_MAX_MEGABYTES';

export type BudgetBound =
  | 'TURNS_PER_OWNER'
  | 'TURNS_MAX'
  | 'CHAT_DAILY_LIMIT'
  | 'CHAT_BUDGET'
  | 'CHAT_PERSON_BUDGET'
  | 'CHAT_KEY_BUDGET'
  | 'STREAMS_PER_OWNER'
  | 'STREAMS_PER_ADDRESS'
  | 'STREAMS_MAX'
  | 'VISITOR_RATE_LIMIT';

/**
 * `model`: the breaker is open, or the upstream has not answered yet; `ending`: the process ends. `provider`: where people
 * sign in cannot be asked.
 */
export type UnavailableReason = 'model' | 'store' | 'ending' | 'busy' | 'provider';

/** Why the model's server gave no answer. `loading`: the server reports it. `away`: often a proxy reports that the server is unreachable. */
export type UpstreamReason =
  | 'unreachable'
  | 'timeout'
  | 'loading'
  | 'away'
  | 'failing'
  | 'broken'
  | RefusalReason
  | NoTextReason;

/** The upstream works and refused the request: `refused` is any other 4xx. */
type RefusalReason =
  | 'refused'
  | 'key'
  | 'forbidden'
  | 'unknown-model'
  | 'not-chat'
  | 'credit'
  | 'too-long'
  | 'limited';

/** The upstream works, but its answer ended without text. */
type NoTextReason = 'empty' | 'length' | 'filter' | 'tool-calls';

/**
 * `length`: the model's length limit. `limit`: this server's own limit. `filter`: the upstream's content filter.
 * `tool-calls`: the model called a tool, though none was offered. `thoughts`: one of the limits, before any text.
 * `no-answer`: the model thought, and wrote no text.
 */
export type CutReason = 'length' | 'limit' | 'filter' | 'tool-calls' | 'thoughts' | 'no-answer';

export type FailureKind = Failure['kind'];

/** The reasons of a kind; never for a kind that has none. */
export type ReasonOf<Kind extends FailureKind> =
  Extract<Failure, { kind: Kind }> extends { reason: infer Reason extends string } ? Reason : never;

/** By type, every kind has one. */
export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'unreadable-file': 422,
  unsupported: 415,
  'key-reused': 422,
  'rate-limited': 429,
  'over-quota': 403,
  'over-budget': 429,
  misdirected: 421,
  upstream: 500,
  interrupted: 500,
  // Never an error response: the response carries the reply and how it ended.
  'cut-short': 200,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<FailureKind, number>;

export const statusOf = (failure: Failure): number => STATUS[failure.kind];

/** The seconds after which a retry may succeed; null if unknown. */
export const retryAfterOf = (failure: Failure): number | null =>
  'retryAfterSeconds' in failure ? (failure.retryAfterSeconds ?? null) : null;

const BRAND = Symbol.for('ask-next.app-error');

/** The one error that carries a failure through a `throw`; `cause` is for the log only. */
export class AppError extends Error {
  readonly failure: Failure;
  readonly [BRAND] = true;

  /** Next bundles this file more than once; `instanceof` must hold across the copies. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(failure: Failure, options?: { cause?: unknown }) {
    const { kind } = failure;
    super('reason' in failure ? `${kind}: ${failure.reason}` : kind, options);
    this.name = 'AppError';
    this.failure = failure;
  }
}

/** The failure of a thrown value; an unknown error is `internal`. */
export const failureOf = (thrown: unknown): Failure =>
  thrown instanceof AppError ? thrown.failure : { kind: 'internal' };

/** For `catch`: null instead of a `not-found`. Throws anything else again. */
export function nullIfNotFound(thrown: unknown): null {
  if (failureOf(thrown).kind === 'not-found') return null;
  throw thrown;
}

/** True when a shorter prompt may succeed. */
export const isTooLong = (thrown: unknown): boolean => {
  const failure = failureOf(thrown);
  return failure.kind === 'upstream' && failure.reason === 'too-long';
};

/** For the log: the messages of an error and its causes. Our adapters keep secrets out of them. */
export function causesOf(thrown: unknown): string {
  const chain: string[] = [];
  for (let error = thrown; error instanceof Error && chain.length < 5; error = error.cause)
    chain.push(error.message);
  return chain.join(' <- ') || 'unknown';
}

export const messageNotFound = (): AppError =>
  new AppError({ kind: 'not-found', reason: 'message' });

export const promptNotFound = (): AppError => new AppError({ kind: 'not-found', reason: 'prompt' });

export const sessionNotFound = (): AppError =>
  new AppError({ kind: 'not-found', reason: 'session' });

export const invalidFields = (details: readonly FieldMistake[]): AppError =>
  new AppError({ kind: 'invalid', reason: 'fields', details });

/** Not now, but soon. */
export const unavailable = (reason: UnavailableReason, cause?: unknown): AppError =>
  new AppError({ kind: 'unavailable', reason, retryAfterSeconds: 5 }, { cause });
