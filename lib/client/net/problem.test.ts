import { expect, test } from 'vitest';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { canRetry, readFailure } from './problem';
import { texts } from '@/lib/texts/en/texts';

test('a permanent refusal has no retry', () => {
  const offered = [0, 400, 401, 403, 404, 413, 421, 422, 429, 500, 503].filter((code) =>
    canRetry({ kind: 'unknown', code, ref: null, retryAt: null }),
  );
  expect(offered).toEqual([0, 401, 403, 429, 500, 503]);
});

test('a wrong field is named by what is wrong with it', () => {
  const details = [{ loc: ['title'], msg: 'Must be at most 200 characters', type: 'too_big' }];
  const body = { kind: 'invalid', reason: 'fields', error: 'Validation error' };
  const said = (more: object) => failureSentence(texts, readFailure({ ...body, ...more }, 400));
  expect(said({ details })).toBe('Must be at most 200 characters.');
  for (const none of [undefined, [], [null], [{}], 'x'])
    expect(said({ details: none })).toBe('The server does not accept this.');
});

test('only what a failure may tell is read, and only as what it should be', () => {
  const body = { kind: 'over-quota', reason: 'OWNER_MAX_SESSIONS', limit: 20, request_id: 'r' };
  expect(readFailure(body, 403)).toEqual({
    kind: 'over-quota',
    reason: 'OWNER_MAX_SESSIONS',
    limit: 20,
    code: 403,
  });
  expect(readFailure({ kind: 7, reason: {}, limit: '20', model: null }, 500)).toEqual({
    kind: 'unknown',
    code: 500,
  });
});
