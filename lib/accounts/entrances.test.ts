import { expect, test } from 'vitest';
import { deviceLabel } from './device-label';
import { localPath } from './local-path';
import { loginOf, signUpInput } from './person';
import { hashPassword, isPassword } from './password';
import { maySignUp } from './sign-up-policy';

test.each([
  ['/', '/'],
  ['/s/one?q=1#m2', '/s/one?q=1#m2'],
  ['/a/../b', '/b'],
  [null, '/'],
  ['', '/'],
  ['s/one', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['\\\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/x/..//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
])('after signing in to open %j a browser goes to %s', (asked, path) => {
  expect(localPath(asked)).toBe(path);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['<script>', 'Unknown browser'],
  [null, 'Unknown browser'],
])('%j is shown as %s', (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label);
});

test('names that look the same are one account', () => {
  expect(loginOf(' Ann@Example.COM ')).toBe('ann@example.com');
  expect(loginOf('Ａnn')).toBe('ann');
  expect(signUpInput.safeParse({ name: 'a\u200Bnn', password: '12345678' }).success).toBe(false);
});

test.each([
  ['open', 'ann', true],
  ['closed', 'ann@example.com', false],
  [{ domains: ['example.com'] }, 'ann@example.com', true],
  [{ domains: ['example.com'] }, 'ann@sub.example.com', false],
  [{ domains: ['example.com'] }, 'ann@evil.com@example.com', false],
  [{ domains: ['example.com'] }, 'example.com', false],
] as const)('with SIGN_UP=%j %s may make an account: %s', (policy, login, may) => {
  expect(maySignUp(policy, login)).toBe(may);
});

test('a password is known by its hash alone, and no password fits a missing one', async () => {
  const hash = await hashPassword('a long enough password');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword('a long enough password', hash)).toBe(true);
  expect(await isPassword('another password', hash)).toBe(false);
  expect(await isPassword('', null)).toBe(false);
});
