import { expect, test } from 'vitest';
import { noPasskeysAt, relyingParty } from './relying-party';
import { challengeIn } from './webauthn';

test.each([
  ['https://chat.example.com', null],
  ['https://chat.example.com:8443', null],
  ['http://localhost:3000', null],
  ['http://chat.localhost:3000', null],
  ['http://chat.example.com', 'insecure'],
  ['http://192.168.1.5:3000', 'insecure'],
  ['http://localhost.example.com', 'insecure'],
  ['http://127.0.0.1:3000', 'address'],
  ['http://[::1]:3000', 'address'],
  ['https://192.168.1.5', 'address'],
] as const)('at %s there are no passkeys because of: %s', (origin, reason) => {
  expect(noPasskeysAt(origin)).toBe(reason);
});

test('a passkey belongs to the host name, whatever the port', () => {
  const origin = 'https://chat.example.com:8443';
  expect(relyingParty(origin)).toEqual({ id: 'chat.example.com', origin });
});

test.each(['', 'bm8ganNvbg', Buffer.from('null').toString('base64url'), 'eyJjaGFsbGVuZ2UiOjF9'])(
  'what is no answer (%j) answers no challenge',
  (clientDataJSON) => {
    expect(challengeIn({ clientDataJSON })).toBe('');
  },
);
