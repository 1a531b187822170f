import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { expect, test } from 'vitest';
import { streamedError, toUpstreamError } from './upstream-error';

const withCode = (error: Error, code: string) => Object.assign(error, { code });

const causeOf = (thrown: unknown) => String(toUpstreamError(thrown).cause);

test('a connect timeout is unreachable, a late response is a timeout', () => {
  const late = new APIConnectionTimeoutError();
  expect(toUpstreamError(late).failure).toMatchObject({ reason: 'timeout' });
  const connect = withCode(new Error('x'), 'UND_ERR_CONNECT_TIMEOUT');
  const unconnected = Object.assign(new APIConnectionTimeoutError(), {
    cause: new TypeError('fetch failed', { cause: connect }),
  });
  expect(toUpstreamError(unconnected).failure).toMatchObject({ reason: 'unreachable' });
});

test('the cause contains only the status and a known code', () => {
  const known = { message: 'secret', code: 'model_not_found' };
  expect(causeOf(APIError.generate(404, { error: known }, undefined, new Headers()))).toBe(
    'Error: status 404 model_not_found',
  );
  const unknown = { message: 'secret', code: 'sk-secret', type: 'secret' };
  expect(causeOf(APIError.generate(404, { error: unknown }, undefined, new Headers()))).toBe(
    'Error: status 404',
  );
  const cause = new TypeError('connect to http://me:secret@host failed');
  expect(causeOf(new APIConnectionError({ cause }))).toBe('Error: the connection broke');
});

test('an error within a stream is classified by its status or type', () => {
  const reason = (error: object) => streamedError({ error }).failure;
  expect(reason({ code: 400, message: 'x' })).toMatchObject({ reason: 'refused' });
  expect(reason({ code: '429' })).toMatchObject({ reason: 'limited' });
  expect(reason({ type: 'invalid_request_error' })).toMatchObject({ reason: 'refused' });
  expect(reason({ type: 'overloaded_error' })).toMatchObject({ reason: 'limited' });
  expect(streamedError({ object: 'error', code: 500 }).failure).toMatchObject({
    reason: 'failing',
  });
});

test('a bug of ours is no failure of the connection, and is not retried', () => {
  const broken = new TypeError('terminated', { cause: withCode(new Error('x'), 'UND_ERR_SOCKET') });
  expect(toUpstreamError(broken).failure).toMatchObject({ reason: 'unreachable' });
  const bugs = [new ReferenceError('a is not defined'), new TypeError('a is not a function')];
  for (const bug of bugs) expect(toUpstreamError(bug).failure).toEqual({ kind: 'internal' });
});
