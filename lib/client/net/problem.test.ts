import { expect, test } from 'vitest';
import { canRetry, friendlySentence, saidIn } from './problem';

test('a quota, a budget, a block and a wrong name are told in the words of the server', () => {
  const said = 'You keep as many sessions as may be kept (10000). Delete some.';
  for (const code of [401, 403, 421, 429]) expect(friendlySentence(code, said)).toBe(said);
  for (const code of [401, 403, 421, 429]) {
    for (const bare of ['Forbidden', 'Too Many Requests', 'This API key is not known', ''])
      expect(friendlySentence(code, bare)).toMatch(/^The server|^You have asked/);
  }
});

test('what would be refused again is not offered again', () => {
  const offered = [0, 400, 401, 403, 404, 413, 421, 422, 429, 500, 503].filter((code) =>
    canRetry({ code, message: '', ref: null, retryAt: null }),
  );
  expect(offered).toEqual([0, 401, 403, 429, 500, 503]);
});

test('a code has a sentence for people, by what was asked', () => {
  const [message, other] = ['/api/chat/stream', '/api/sessions/s'];
  expect(friendlySentence(413, 'Message too large', message)).toContain('Shorten it');
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
