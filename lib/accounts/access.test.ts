import { expect, test } from 'vitest';
import { accessOf, isLoopback } from './access';

const alone = {
  HOST: '127.0.0.1',
  VERCEL: false,
  OPENAI_API_KEY: 'sk-1',
  ALLOWED_HOSTS: [],
  TRUSTED_PROXIES: { by: 'count', count: 0 },
};
const reachable = { ...alone, HOST: '::' };

test.each([
  ['only this machine can connect', alone, true, 'open'],
  ['HOST lets others connect', reachable, true, null],
  [
    'a number of proxies is trusted',
    { ...alone, TRUSTED_PROXIES: { by: 'count', count: 1 } },
    true,
    null,
  ],
  [
    'networks of proxies are trusted',
    { ...alone, TRUSTED_PROXIES: { by: 'networks' } },
    true,
    null,
  ],
  ['it is called by another name', { ...alone, ALLOWED_HOSTS: ['chat.example'] }, true, null],
  ['the server may listen elsewhere than HOST says', alone, false, null],
  ['the demo answers', { ...reachable, OPENAI_API_KEY: undefined }, false, 'open'],
  ['it is chosen', { ...reachable, ACCESS: 'proxy' as const }, false, 'proxy'],
])('the mode where %s', (_where, given, listensOnHost, mode) => {
  expect(accessOf(given, listensOnHost)).toBe(mode);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['LocalHost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example', false],
  ['localhost.example', false],
  ['10.0.0.1', false],
])('%s is a loopback address: %s', (host, is) => {
  expect(isLoopback(host)).toBe(is);
});
