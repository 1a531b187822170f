import { expect, test } from 'vitest';
import type { Failure } from '@/lib/errors';
import { completionError } from './error';

test.each<readonly [Failure, number, string, string]>([
  [
    { kind: 'unauthenticated', reason: 'unknown-key' },
    401,
    'invalid_request_error',
    'invalid_api_key',
  ],
  [{ kind: 'not-found', reason: 'session' }, 404, 'invalid_request_error', 'session_not_found'],
  [{ kind: 'too-large', reason: 'body', limit: 1 }, 413, 'invalid_request_error', 'body_too_large'],
  [{ kind: 'misdirected' }, 421, 'invalid_request_error', 'misdirected'],
  [{ kind: 'key-reused' }, 422, 'invalid_request_error', 'idempotency_key_reused'],
  [
    { kind: 'over-budget', reason: 'TURNS_MAX', retryAfterSeconds: 1 },
    429,
    'rate_limit_error',
    'rate_limit_exceeded',
  ],
  [
    { kind: 'over-budget', reason: 'CHAT_KEY_BUDGET', window: 'day', retryAfterSeconds: 9000 },
    429,
    'rate_limit_error',
    'insufficient_quota',
  ],
  [
    { kind: 'over-budget', reason: 'CHAT_KEY_BUDGET', window: 'replies', retryAfterSeconds: 15 },
    429,
    'rate_limit_error',
    'rate_limit_exceeded',
  ],
  [
    { kind: 'unavailable', reason: 'model', retryAfterSeconds: 1 },
    503,
    'server_error',
    'model_unavailable',
  ],
  [{ kind: 'interrupted' }, 502, 'server_error', 'interrupted'],
  [{ kind: 'internal' }, 500, 'server_error', 'internal'],
])('%o', (failure, status, type, code) => {
  const { status: had, body } = completionError(failure);
  expect([had, body.error.type, body.error.param, body.error.code]).toEqual([
    status,
    type,
    null,
    code,
  ]);
});

test('what was paid for, or would fail again, must not be retried', () => {
  const mayRetry = (failure: Failure) => completionError(failure).mayRetry;
  expect(mayRetry({ kind: 'upstream', reason: 'timeout' })).toBe(false);
  expect(mayRetry({ kind: 'upstream', reason: 'key' })).toBe(false);
  expect(mayRetry({ kind: 'interrupted' })).toBe(false);
  const budget = { kind: 'over-budget', reason: 'CHAT_BUDGET', retryAfterSeconds: 1 } as const;
  expect(mayRetry({ ...budget, window: 'month' })).toBe(false);
  expect(mayRetry({ ...budget, window: 'replies' })).toBe(true);
  expect(mayRetry({ kind: 'upstream', reason: 'away' })).toBe(true);
});
