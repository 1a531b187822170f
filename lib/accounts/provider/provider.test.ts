import { expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { loginOf } from '../person';
import { mayJoin, namesFrom } from './sign-in-policy';

const nothing = { email: null, preferredName: null, name: null };

const issuerOf = (issuer: string) =>
  readEnv({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'ask' }).OIDC?.issuer;

test.each([
  'https://id.example.com',
  'https://id.example.com/realms/one/',
  'http://127.0.0.1:8080',
  'http://localhost:8080/realms/one',
])('an issuer at %s is believed', (issuer) => {
  expect(issuerOf(issuer)).toBe(issuer);
});

test.each([
  'http://id.example.com',
  'http://127.0.0.1.example.com',
  'https://id.example.com/?tenant=1',
  'id.example.com',
])('an issuer at %s is refused', (issuer) => {
  expect(() => issuerOf(issuer)).toThrow(/OIDC_ISSUER must be the issuer’s https address/);
});

test('what belongs together is set together', () => {
  expect(() => readEnv({ OIDC_ISSUER: 'https://id.example.com' })).toThrow(/OIDC_CLIENT_ID/);
  expect(() => readEnv({ OIDC_CLIENT_ID: 'ask' })).toThrow(/OIDC_ISSUER/);
  expect(() => readEnv({ SIGN_UP: 'provider' })).toThrow(/SIGN_UP is provider/);
  expect(readEnv({}).OIDC).toBeNull();
});

test.each([
  ['closed', 'ada@example.com', false],
  ['open', null, true],
  ['provider', null, true],
  [{ domains: ['example.com'] }, 'Ada@Example.com', true],
  [{ domains: ['example.com'] }, 'ada@evil.com@example.com', false],
  [{ domains: ['example.com'] }, null, false],
] as const)('with SIGN_UP=%j a verified %s joins: %s', (policy, email, may) => {
  expect(mayJoin(policy, { ...nothing, email })).toBe(may);
});

const ID = '01234567-89ab';

test('a new account has the best name that the provider knows, and another one when it is taken', () => {
  const all = { email: 'ada@example.com', preferredName: 'ada', name: 'Ada Lovelace' };
  expect(namesFrom(all, ID).slice(0, 2)).toEqual(['ada@example.com', 'ada@example.com (2)']);
  expect(namesFrom({ ...all, email: null }, ID)[0]).toBe('ada');
  expect(namesFrom({ ...nothing, preferredName: 'a\u200Bb', name: ' Ada ' }, ID)[0]).toBe('Ada');
  expect(namesFrom(nothing, ID)[0]).toBe('Person');
  expect(namesFrom(all, ID).at(-1)).toBe('ada@example.com (01234567)');
  // An address that is not verified is no name.
  const boss = { preferredName: 'boss@example.com', name: 'boss@example.com' };
  expect(namesFrom({ ...nothing, ...boss }, ID)[0]).toBe('Person');
  const long = namesFrom({ ...nothing, name: 'x'.repeat(200) }, ID);
  expect(new Set(long.map(loginOf)).size).toBe(long.length);
  expect(Math.max(...long.map((name) => name.length))).toBeLessThanOrEqual(200);
});
