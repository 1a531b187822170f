import { expect } from 'vitest';
import type { ApiAnswer } from '../programs/api-client';

export const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Expects the JSON error with this status and message. */
export const expectError = (
  { status: code, body }: ApiAnswer,
  expected: number,
  text?: string | RegExp,
) => {
  expect(code).toBe(expected);
  expect(body).toMatchObject({
    code: expected,
    request_id: expect.stringMatching(/.+/),
    kind: expect.stringMatching(/^[a-z-]+$/),
  });
  expect(body.error).toMatch(text ?? /.+/);
};
/** Expects the headers of every response. */
export const expectHeaders = ({ headers }: { headers: Headers }) => {
  expect(headers.get('x-request-id')).toMatch(UUID);
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
};
