import { expect, test } from 'vitest';
import { lacksVersion, readAddress } from './address';

test.each([
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://localhost:11434/v1/', 'http://localhost:11434/v1'],
  ['http://localhost:11434/v1//', 'http://localhost:11434/v1'],
  ['http://localhost:11434', 'http://localhost:11434'],
  ['http://localhost:11434/', 'http://localhost:11434'],
  ['HTTPS://Api.Example.com/V1', 'https://api.example.com/V1'],
  ['http://h/v1/chat/completions', 'http://h/v1'],
  ['http://h/v1/chat/completions/', 'http://h/v1'],
  ['http://h/chat/completions', 'http://h'],
  ['http://h/v1/models', 'http://h/v1'],
  ['http://h/v1/responses', 'http://h/v1'],
  ['http://h/v1#', 'http://h/v1'],
  [
    'http://h/openai/deployments/x/chat/completions?api-version=1',
    'http://h/openai/deployments/x?api-version=1',
  ],
  ['https://h/v1beta/openai/', 'https://h/v1beta/openai'],
])('%s means the base URL %s', (text, url) => {
  expect(readAddress(text)).toEqual({ url, authorization: null });
});

test.each([
  ['http://user:pw@h/v1', 'user:pw'],
  ['http://token@h/v1', 'token:'],
  ['http://us%40er:p%C3%A4%25@h/v1', 'us@er:pä%'],
])('%s sends its user and password', (text, pair) => {
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  expect(readAddress(text)).toEqual({ url: 'http://h/v1', authorization });
});

test.each([
  'localhost:11434/v1',
  'api.openai.com',
  '/v1',
  'http://',
  'http:///v1',
  'ftp://h/v1',
  'hidden',
])('%s is refused with the expected form', (text) => {
  expect(readAddress(text)).toEqual({
    mistake: 'must be an http or https address such as http://localhost:11434/v1',
  });
});

test('a password that cannot be decoded is refused, and not quoted', () => {
  expect(readAddress('http://u:hidden%@h/v1')).toEqual({
    mistake: 'must have % in its user or password written as %25',
  });
});

test('lacksVersion is true for a base URL without /v1 or the like', () => {
  const without = ['http://h', 'http://h/api', 'http://v1.h/openai'];
  const within = ['http://h/v1', 'http://h/api/paas/v4', 'https://h/v1beta/openai'];
  expect(without.map(lacksVersion)).toEqual([true, true, true]);
  expect(within.map(lacksVersion)).toEqual([false, false, false]);
});
