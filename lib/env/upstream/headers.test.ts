import { expect, test } from 'vitest';
import { readHeaders } from './headers';

test.each([
  ['X-Team: chat', { 'X-Team': 'chat' }],
  ['X-Team:chat,X-Org:acme', { 'X-Team': 'chat', 'X-Org': 'acme' }],
  ['X-Team: chat\nX-Org: acme', { 'X-Team': 'chat', 'X-Org': 'acme' }],
  ['X-Tags: a, b, X-Org: acme', { 'X-Tags': 'a, b', 'X-Org': 'acme' }],
  ['HTTP-Referer: https://chat.example.com/', { 'HTTP-Referer': 'https://chat.example.com/' }],
  ['Authorization: Bearer a:b', { Authorization: 'Bearer a:b' }],
  ['X-Empty:', { 'X-Empty': '' }],
  ['{"X-A": "a, X-B: b", "x-c": "c"}', { 'X-A': 'a, X-B: b', 'x-c': 'c' }],
])('%j parses as headers', (text, headers) => {
  expect(readHeaders(text)).toEqual({ headers });
});

test.each([
  'hidden',
  'X Team: hidden',
  '{"X-A": hidden}',
  '{"X-A": 1}',
  '{"X A": "hidden"}',
  'X-A: hidden\u0000',
  'X-A: hidden漢',
  'Content-Length: 5',
  'host: hidden',
])('%j is refused, and its value is not quoted', (text) => {
  const read = readHeaders(text);
  expect(read).toEqual({ mistake: expect.stringMatching(/^must /) });
  expect(JSON.stringify(read)).not.toContain('hidden');
});
