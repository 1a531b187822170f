import { expect, test } from 'vitest';
import { AppError, STATUS, type Failure, type FailureKind } from '@/lib/errors';
import { failureFields } from './failure-fields';

const KINDS = Object.keys(STATUS) as FailureKind[];

test.each(KINDS)('the line of a failure of kind %s has a reason', (kind) => {
  // As it is for a kind that has none.
  const fields = failureFields(new AppError({ kind } as Failure));
  expect(fields).toMatchObject({ error: kind, reason: kind });
});

test.each([
  [{ kind: 'not-found', reason: 'session' }, 'session'],
  [
    { kind: 'rate-limited', reason: 'API_RATE_LIMIT', window: '3/day', retryAfterSeconds: 1 },
    'API_RATE_LIMIT 3/day',
  ],
] as const)('the line of %o says so', (failure, reason) => {
  expect(failureFields(new AppError(failure)).reason).toBe(reason);
});
