import { expect, test } from 'vitest';
import { canRetry, friendlySentence, saidIn } from './problem';

test('a code has a sentence for people, by what was asked', () => {
  const [message, other] = ['/api/chat/stream', '/api/sessions/s'];
  expect(friendlySentence(413, 'Message too large', message)).toContain('4,000');
  expect(friendlySentence(429, 'Too Many Requests', message)).toContain('many messages');
  expect(friendlySentence(429, 'Too Many Requests', other)).not.toContain('message');
  expect(friendlySentence(503, '', message)).toContain('model');
  expect(friendlySentence(503, '', other)).not.toContain('model');
  expect(friendlySentence(404, '', other)).toContain('not there any more');
  expect(friendlySentence(404, '', '/api/sessions/s/restore')).toContain('this browser');
  expect(friendlySentence(0, '')).toContain('connection');
});

test('a wrong field is named by what is wrong with it', () => {
  const details = [{ loc: ['title'], msg: 'Must be at most 200 characters', type: 'too_big' }];
  const said = saidIn({ error: 'Validation error', details });
  expect(friendlySentence(400, said)).toBe('Must be at most 200 characters.');
  for (const none of [undefined, [], [null], [{}], 'x']) {
    expect(saidIn({ error: 'Message is required', details: none })).toBe('Message is required');
  }
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
