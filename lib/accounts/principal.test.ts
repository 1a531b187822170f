import { expect, test } from 'vitest';
import { keyHolder, keyNameOf, principalSchema, visitor } from './principal';

const ID = '2f3a1c9e-0000-4000-8000-000000000000';
const OWN_DATA = ['chat', 'sessions:read', 'sessions:write', 'usage:read'];

test('a visitor and the holder of a key may do everything with their own data, and administer nothing', () => {
  expect(visitor(ID)).toEqual({ owner: ID, kind: 'visitor', scopes: OWN_DATA, role: 'member' });
  expect(keyHolder('ci')).toEqual({
    owner: 'key:ci',
    kind: 'key',
    scopes: OWN_DATA,
    role: 'member',
  });
});

test('a key has a name, a visitor has none', () => {
  expect(keyNameOf(keyHolder('ci'))).toBe('ci');
  expect(keyNameOf(visitor('key:ci'))).toBeNull();
});

test('the longest name of a key is a valid owner', () => {
  const principal = keyHolder('x'.repeat(64));
  expect(principalSchema.parse(principal)).toEqual(principal);
});

test.each([
  ['no owner', { owner: '' }],
  ['a long owner', { owner: 'x'.repeat(201) }],
  ['an unknown kind', { kind: 'guest' }],
  ['an unknown scope', { scopes: ['everything'] }],
  ['endless scopes', { scopes: Array(6).fill('chat') }],
  ['an unknown role', { role: 'owner' }],
  ['an unknown field', { more: true }],
])('%s is no principal', (_, wrong) => {
  expect(principalSchema.safeParse({ ...visitor(ID), ...wrong }).success).toBe(false);
});
