import { statusOf, type Failure, type UpstreamReason } from '@/lib/errors';
import { apiSentence } from '@/lib/texts/api-errors';
import { fields } from '@/lib/texts/api-fields';
import { errorShape, type ErrorShape } from './error-shape';

/** A failure as clients of OpenAI's API expect it. */
export interface CompletionError {
  readonly status: number;
  readonly body: ErrorShape;
  /** False: the SDKs would retry this status, and must not. */
  readonly mayRetry: boolean;
}

export function completionError(failure: Failure): CompletionError {
  const mistake = failure.kind === 'invalid' ? failure.details?.[0] : undefined;
  if (mistake) {
    const param = mistake.loc.join('.');
    const isModel = param === 'model' && mistake.type === 'enum';
    const status = isModel ? 404 : statusOf(failure);
    const code = isModel ? 'model_not_found' : mistake.type;
    const body = errorShape(status, `${param}: ${mistake.msg}`, { param, code });
    return { status, body, mayRetry: true };
  }
  const [status, code] = statusAndCode(failure);
  return {
    status,
    body: errorShape(status, sentenceOf(failure), { code }),
    mayRetry: mayRetry(failure),
  };
}

const sentenceOf = (failure: Failure): string =>
  failure.kind === 'upstream' && failure.reason === 'too-long'
    ? `${fields.contextWindow(failure.model ?? 'the model')}.`
    : apiSentence(failure);

/** Retrying would fail again, or would pay again for what was generated. */
function mayRetry(failure: Failure): boolean {
  if (failure.kind === 'interrupted' || isSpent(failure)) return false;
  return failure.kind !== 'upstream' || !FINAL.has(failure.reason);
}

/** A budget is used up, until the next day or month. */
const isSpent = (failure: Failure): boolean =>
  failure.kind === 'over-budget' && (failure.window === 'day' || failure.window === 'month');

const FINAL: ReadonlySet<UpstreamReason> = new Set(['key', 'forbidden', 'credit', 'timeout']);

function statusAndCode(failure: Failure): readonly [number, string] {
  if (failure.kind === 'upstream') return UPSTREAM[failure.reason];
  if (isSpent(failure)) return [statusOf(failure), 'insufficient_quota'];
  const code = CODES[failure.kind] ?? ('reason' in failure ? failure.reason : failure.kind);
  const suffix = SUFFIXES[failure.kind] ?? '';
  return [
    failure.kind === 'interrupted' ? 502 : statusOf(failure),
    `${code}${suffix}`.replaceAll('-', '_'),
  ];
}

/** OpenAI's own codes, where they fit: clients compare them. */
const CODES: Partial<Record<Failure['kind'], string>> = {
  unauthenticated: 'invalid_api_key',
  'rate-limited': 'rate_limit_exceeded',
  'over-budget': 'rate_limit_exceeded',
  'over-quota': 'insufficient_quota',
  'key-reused': 'idempotency_key_reused',
};

const SUFFIXES: Partial<Record<Failure['kind'], string>> = {
  'not-found': '_not_found',
  'too-large': '_too_large',
  unavailable: '_unavailable',
};

/** SDKs retry from 500 on, so a fault of the request is a 4xx here. */
const UPSTREAM = {
  unreachable: [502, 'upstream_unreachable'],
  timeout: [504, 'upstream_timeout'],
  loading: [503, 'upstream_loading'],
  away: [503, 'upstream_unreachable'],
  failing: [502, 'upstream_failed'],
  broken: [502, 'upstream_failed'],
  refused: [400, 'upstream_refused'],
  key: [500, 'upstream_key'],
  forbidden: [500, 'upstream_forbidden'],
  'unknown-model': [404, 'model_not_found'],
  'not-chat': [400, 'model_not_supported'],
  credit: [500, 'upstream_credit'],
  'too-long': [400, 'context_length_exceeded'],
  limited: [429, 'rate_limit_exceeded'],
  // Not errors here: the completion has the reason as its finish reason.
  empty: [502, 'upstream_failed'],
  length: [502, 'upstream_failed'],
  filter: [502, 'upstream_failed'],
  'tool-calls': [502, 'upstream_failed'],
} as const satisfies Record<UpstreamReason, readonly [number, string]>;
