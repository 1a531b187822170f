import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyHolder, proxyUser, storedKeyHolder, visitor } from '@/lib/accounts/principal';
import { readScopes, SCOPES, writeScopes } from '@/lib/accounts/scopes';
import { createKeyInput } from './key';
import { makeKey } from './make-key';
import { hashOfKeyToken, isKeyToken, newKeyToken } from '@/lib/accounts/token';

const now = new Date('2026-01-31T12:00:00Z');
const deps = { newId: randomUUID, random: randomBytes, now, signIn: null };
const parse = (body: unknown) => createKeyInput(now).safeParse(body);
const input = createKeyInput(now).parse({ name: ' ci ', scopes: ['chat'] });

test('a token has a prefix to know it by, 256 random bits, and is stored as a hash', () => {
  const { key, token } = makeKey(proxyUser('ada'), input, deps);
  expect(token).toMatch(/^ask_[\w-]{43}$/);
  expect(isKeyToken(token)).toBe(true);
  expect(key).toMatchObject({ owner: 'proxy:ada', name: 'ci', scopes: ['chat'], madeBy: null });
  expect(key.hash).toBe(hashOfKeyToken(token));
  expect(JSON.stringify(key)).not.toContain(token.slice(4));
  expect(newKeyToken(randomBytes)).not.toBe(token);
});

test.each(['', 'ask_', `ask_${'x'.repeat(42)}`, `ask_${'x'.repeat(44)}`, `ASK_${'x'.repeat(43)}`])(
  '%j is no token',
  (text) => {
    expect(isKeyToken(text)).toBe(false);
  },
);

test('a key makes keys of its person, with no scope that it lacks', () => {
  const id = randomUUID();
  const holder = storedKeyHolder({ id, owner: 'proxy:ada', scopes: ['chat', 'admin'] });
  expect(makeKey(holder, input, deps).key).toMatchObject({ owner: 'proxy:ada', madeBy: id });
  const wider = createKeyInput(now).parse({ name: 'x', scopes: ['sessions:read', 'chat'] });
  expect(() => makeKey(holder, wider, deps)).toThrow('forbidden: scope');
});

test('only people may manage keys', () => {
  const may = [proxyUser('ada'), visitor('v'), keyHolder('ci')].map(({ scopes }) =>
    scopes.includes('admin'),
  );
  expect(may).toEqual([true, false, false]);
});

test('the end of a key is a time with its zone, in the future', () => {
  const end = (expires_at: unknown) => parse({ name: 'ci', scopes: ['chat'], expires_at });
  expect(end('2026-01-31T13:01:00+01:00').data?.expires_at).toEqual(
    new Date('2026-01-31T12:01:00Z'),
  );
  expect(end(null).data?.expires_at).toBeNull();
  for (const wrong of ['2026-01-31T12:00:00Z', '2030-01-31', '2030-01-31T12:00:00', 'soon', 7])
    expect([wrong, end(wrong).success]).toEqual([wrong, false]);
});

test.each([
  ['no name', { name: ' ', scopes: ['chat'] }],
  ['a long name', { name: 'x'.repeat(65), scopes: ['chat'] }],
  ['no scopes', { name: 'ci', scopes: [] }],
  ['an unknown scope', { name: 'ci', scopes: ['everything'] }],
])('a key with %s is refused', (_what, body) => {
  expect(parse(body).success).toBe(false);
});

test('scopes come back from the store as they were, in one order, each once', () => {
  expect(readScopes(writeScopes(SCOPES))).toEqual(SCOPES);
  expect(readScopes('later admin chat')).toEqual(['chat', 'admin']);
  const twice = parse({ name: 'ci', scopes: ['admin', 'chat', 'admin'] });
  expect(twice.data?.scopes).toEqual(['chat', 'admin']);
});
