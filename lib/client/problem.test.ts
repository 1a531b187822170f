import { expect, test } from 'vitest';
import { canRetry, friendlySentence } from './problem';

test('a code has a sentence for people', () => {
  expect(friendlySentence(413, 'Message too large')).toContain('4,000');
  expect(friendlySentence(429, 'Too Many Requests')).toContain('many messages');
  expect(friendlySentence(0, '')).toContain('connection');
});

test('an unknown code has one too', () => {
  expect(friendlySentence(418, 'teapot')).toBe('Something went wrong on the server. Try again.');
  expect(friendlySentence(500, 'Internal Server Error')).toContain('Something went wrong');
});

test('what a failed turn says of its cause is kept', () => {
  expect(friendlySentence(500, 'The model took too long to answer.')).toContain('too long');
});

test('a message that can never be accepted is not offered again', () => {
  const problem = { message: '', ref: null, retryAt: null };
  expect(canRetry({ ...problem, code: 413 })).toBe(false);
  expect(canRetry({ ...problem, code: 503 })).toBe(true);
});
