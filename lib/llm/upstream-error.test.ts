import { APIConnectionTimeoutError, APIError } from 'openai';
import { expect, test } from 'vitest';
import { toUpstreamError } from './upstream-error';

const withCode = (error: Error, code: string) => Object.assign(error, { code });

const causeOf = (thrown: unknown) => String(toUpstreamError(thrown).cause);

test('a connection that could not be made in time is unreachable, a late answer is a timeout', () => {
  const late = new APIConnectionTimeoutError();
  expect(toUpstreamError(late).failure).toMatchObject({ reason: 'timeout' });
  const connect = withCode(new Error('x'), 'UND_ERR_CONNECT_TIMEOUT');
  const unconnected = Object.assign(new APIConnectionTimeoutError(), {
    cause: new TypeError('fetch failed', { cause: connect }),
  });
  expect(toUpstreamError(unconnected).failure).toMatchObject({ reason: 'unreachable' });
});

test('of an error only its status and a known code are told', () => {
  const known = { message: 'secret', code: 'model_not_found' };
  expect(causeOf(APIError.generate(404, { error: known }, undefined, new Headers()))).toBe(
    'Error: status 404 model_not_found',
  );
  const unknown = { message: 'secret', code: 'sk-secret', type: 'secret' };
  expect(causeOf(APIError.generate(404, { error: unknown }, undefined, new Headers()))).toBe(
    'Error: status 404',
  );
  expect(causeOf(new TypeError('connect to http://me:secret@host failed'))).toBe(
    'Error: the connection broke',
  );
});

test.each([
  ['1.2', 2],
  ['-5', 0],
  ['999999', 3600],
  ['Infinity', 3600],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After: %s is read as %s', (value, seconds) => {
  const headers = new Headers({ 'retry-after': value });
  const { failure } = toUpstreamError(APIError.generate(429, {}, 'no', headers));
  expect(failure).toEqual({
    kind: 'upstream',
    reason: 'limited',
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  });
});
