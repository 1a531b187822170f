import { expect, test } from 'vitest';
import { maySignUp } from './sign-up-policy';

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
