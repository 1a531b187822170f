import { expect, test } from 'vitest';
import { ACCESS_MODES } from './access';
import { user } from './principal';
import { authenticate } from './authenticate';

const visitorId = '2f3a1c9e-0000-4000-8000-000000000000';
const person = user('7d', 'member');
const all = { visitorId, proxyName: 'ada', person, role: 'member' } as const;
const nothing = { visitorId: null, proxyName: null, person: null, role: 'member' } as const;

test('each mode counts only its own credentials', () => {
  expect(authenticate('open', all)).toMatchObject({ owner: visitorId, kind: 'visitor' });
  expect(authenticate('proxy', all)).toMatchObject({ owner: 'proxy:ada', kind: 'user' });
  expect(authenticate('accounts', all)).toMatchObject({ owner: 'user:7d', kind: 'user' });
});

test('without credentials only the open mode lets a request in', () => {
  const asked = ACCESS_MODES.map((mode) => [mode, authenticate(mode, nothing)]);
  expect(Object.fromEntries(asked)).toEqual({
    open: 'new-visitor',
    accounts: 'sign-in',
    proxy: 'no-proxy-user',
  });
});

test('a name that looks like another owner’s is an owner of its own', () => {
  for (const proxyName of [visitorId, 'key:ci', 'proxy:ada']) {
    const asked = authenticate('proxy', { ...nothing, proxyName });
    expect(asked).toMatchObject({ owner: `proxy:${proxyName}` });
  }
});
