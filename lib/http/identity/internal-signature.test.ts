import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { keyHolder, visitor } from '@/lib/accounts/principal';
import type { Caller } from './internal-signature';

vi.stubEnv('APP_SECRET', 'a secret that only these tests know');
const { signRequest, verifiedCaller } = await import('./internal-signature');

afterEach(() => {
  vi.useRealTimers();
});

const HEADER = 'x-ask-caller';
const requestId = fc.stringMatching(/^[A-Za-z0-9._-]{1,128}$/);
const principal = fc.oneof(
  fc.uuid().map(visitor),
  fc.stringMatching(/^[\w.-]{1,64}$/).map(keyHolder),
  // No owner has such a name today.
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map(visitor),
);
const address = fc.oneof(fc.ipV4(), fc.constant('2001:db8:0:0::/64'), fc.constant('unknown'));
const caller: fc.Arbitrary<Caller> = fc.record({ principal, known: fc.boolean(), address });

const signed = (id: string, by: Caller) => {
  const headers = new Headers();
  signRequest(headers, id, by);
  return headers.get(HEADER) ?? '';
};
const verified = (id: string, value: string) =>
  verifiedCaller(new Headers({ [HEADER]: value }), id);

test('what the middleware signed is what a handler reads, for this request only', () => {
  fc.assert(
    fc.property(requestId, requestId, caller, (id, other, by) => {
      const value = signed(id, by);
      expect(verified(id, value)).toEqual(by);
      expect(verified(other, value)).toEqual(other === id ? by : null);
    }),
  );
});

test('any character changed, added, removed or moved is refused', () => {
  const place = fc.nat(2000);
  const character = fc.stringMatching(/^[\w.-]$/);
  fc.assert(
    fc.property(requestId, caller, place, character, (id, by, at, instead) => {
      const value = signed(id, by);
      const n = at % value.length;
      const [before, one, after] = [value.slice(0, n), value.charAt(n), value.slice(n + 1)];
      const swapped = after.charAt(0) + one + after.slice(1);
      for (const changed of [
        before + instead + after,
        before + instead + one + after,
        before + after,
        before + swapped,
        value + instead,
        value.slice(0, n),
      ])
        expect(verified(id, changed) === null).toBe(changed !== value);
    }),
  );
});

test('a value without a signature by this server is refused', () => {
  const by = { principal: keyHolder('me'), known: true, address: '1.1.1.1' };
  const value = signed('r', by);
  const [signature = '', content = ''] = value.split('.');
  for (const forged of [
    '',
    '.',
    content,
    `.${content}`,
    `${signature}.`,
    `${'A'.repeat(43)}.${content}`,
    `${content}.${signature}`,
    // As a header sent twice arrives.
    `${value}, ${value}`,
    `${signature}.${content}=`,
    `${value}.${content}`,
    `${value}${'A'.repeat(10_000)}`,
  ])
    expect(verified('r', forged), forged.slice(0, 200)).toBeNull();
  expect(verifiedCaller(new Headers(), 'r')).toBeNull();
});

test('a signature expires, and one from the future is refused', () => {
  vi.useFakeTimers({ now: 1_000_000_000 });
  const by = { principal: visitor('one'), known: true, address: '1.1.1.1' };
  const value = signed('r', by);
  const minutes = (n: number) => {
    vi.setSystemTime(1_000_000_000 + n * 60_000);
    return verified('r', value);
  };
  expect([minutes(-4), minutes(0), minutes(4)]).toEqual([by, by, by]);
  expect([minutes(-6), minutes(6), minutes(60 * 24)]).toEqual([null, null, null]);
});

test('a caller that is not one is refused, although it is signed', () => {
  const wrong = { principal: { ...visitor('one'), role: 'king' }, known: true, address: '1.1.1.1' };
  expect(verified('r', signed('r', wrong as unknown as Caller))).toBeNull();
});
