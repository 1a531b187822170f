import { expect, test } from 'vitest';
import { rateLimitOf } from './rate-limits';

test.each([
  ['POST', '/api/chat', 'chat'],
  ['POST', '/api/chat/', 'chat'],
  ['POST', '/api/chat/stream', 'chat'],
  ['POST', '/api/ch%61t', 'chat'],
  ['POST', '/api/chat%2Fstream', 'chat'],
  ['POST', '/%61pi/chat', 'chat'],
  ['GET', '/api/chat/stream/1', 'api'],
  ['GET', '/api/chat', 'api'],
  ['POST', '/v1/chat/completions', 'chat'],
  ['GET', '/v1/models', 'api'],
  ['GET', '/api', 'api'],
  ['GET', '/', 'page'],
  ['GET', '/s/1', 'page'],
  ['GET', '/nothing/%ff', 'page'],
  ['GET', '/he%61lth', 'page'],
  ['GET', '/health', null],
  ['GET', '/health/ready', null],
])('%s %s counts against %s', (method, path, rateLimit) => {
  expect(rateLimitOf(method, path)).toBe(rateLimit);
});
