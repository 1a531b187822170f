import type { NextResponse } from 'next/server';
import { expect, test } from 'vitest';
import { ask, callerOf, cookieOf, handedOn, KEY, ownerOf } from '@/tests/setup/middleware';

test('a page sets an owner cookie, and a request with it has the same owner', async () => {
  const first = await ask('/');
  expect(first.headers.get('set-cookie')).toMatch(
    /^ask_owner=[\da-f-]{36}\.[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/,
  );
  const second = await ask('/', { headers: { cookie: cookieOf(first) } });
  expect(ownerOf(second)).toBe(ownerOf(first));
  expect(cookieOf(second)).toBe(cookieOf(first));
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['to HTTPS', {}, { 'X-Forwarded-Proto': 'https' }],
  ['to HTTPS, from a port', { Host: 'here:3001' }, { 'X-Forwarded-Proto': 'https' }],
  ['back to plain HTTP', { 'X-Forwarded-Proto': 'https' }, {}],
  ['to a port', {}, { Host: 'here:3001' }],
  ['from one port to another', { Host: 'here:3001' }, { Host: 'here:3002' }],
  ['from a port to none', { Host: 'here:3001' }, {}],
])('a visitor who moves %s keeps the owner, and gets the cookie for it', async (_, from, to) => {
  const cookie = cookieOf(await ask('/', { headers: from }));
  const owner = ownerOf(await ask('/', { headers: { ...from, cookie } }));
  const moved = await ask('/', { headers: { ...to, cookie } });
  const fresh = await ask('/', { headers: to });
  expect(ownerOf(moved)).toBe(owner);
  const nameOf = (response: NextResponse) => cookieOf(response).split('=')[0];
  expect(nameOf(moved)).toBe(nameOf(fresh));
  expect(nameOf(moved)).not.toBe(cookie.split('=')[0]);
});

test('each protocol and port has its own cookie, which takes precedence over the others', async () => {
  const plain = cookieOf(await ask('/'));
  const ported = cookieOf(await ask('/', { headers: { Host: 'here:3001' } }));
  const secure = await ask('/', { headers: { 'X-Forwarded-Proto': 'https' } });
  expect(plain).toMatch(/^ask_owner=/);
  expect(ported).toMatch(/^ask_owner_3001=/);
  expect(secure.headers.get('set-cookie')).toMatch(/^__Host-ask_owner=.*; Secure$/);
  for (const cookie of [
    [plain, ported, cookieOf(secure)].join('; '),
    [cookieOf(secure), ported, plain].join('; '),
  ])
    for (const [headers, own] of [
      [{}, plain],
      [{ Host: 'here:3001' }, ported],
      [{ 'X-Forwarded-Proto': 'https' }, cookieOf(secure)],
    ] as const)
      expect(cookieOf(await ask('/', { headers: { ...headers, cookie } }))).toBe(own);
});

test('a cookie with a foreign signature is replaced by a changing request, not by a page', async () => {
  const foreign = `${cookieOf(await ask('/')).slice(0, -1)}~`;
  for (const headers of [
    { cookie: foreign },
    { cookie: `__Host-${foreign}`, 'X-Forwarded-Proto': 'https' },
  ]) {
    const page = await ask('/', { headers });
    expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
    expect(callerOf(page).known).toBe(false);
    const change = await ask('/api/sessions', { method: 'POST', headers });
    expect(change.headers.get('set-cookie')).toMatch(/ask_owner=/);
    expect(callerOf(change).known).toBe(true);
  }
  const other = await ask('/', { headers: { Host: 'here:3001', cookie: foreign } });
  expect(cookieOf(other)).toMatch(/^ask_owner_3001=/);
});

test('a new visitor who reads the API gets an owner but no cookie', async () => {
  const response = await ask('/api/sessions');
  expect(ownerOf(response)).toMatch(/^[\da-f-]{36}$/);
  expect(response.headers.get('set-cookie')).toBeNull();
});

test('a caller header of a client is overwritten, also one that is signed for the same request', async () => {
  const id = { 'X-Request-ID': 'repeated' };
  const stolen = await ask('/api/sessions', {
    headers: { ...id, Authorization: `Bearer ${KEY}` },
  });
  expect(ownerOf(stolen)).toBe('key:me');
  for (const header of [handedOn(stolen, 'x-ask-caller') ?? '', 'forged'])
    for (const name of ['X-Ask-Caller', 'x-ask-caller']) {
      const response = await ask('/api/sessions', { headers: { ...id, [name]: header } });
      expect(callerOf(response)).toMatchObject({
        principal: { kind: 'visitor', owner: expect.stringMatching(/^[\da-f-]{36}$/) },
        known: false,
        address: 'unknown',
      });
    }
});

test('a valid API key is an owner, an unknown one is refused, other schemes are ignored', async () => {
  const as = (Authorization: string) => ask('/api/sessions', { headers: { Authorization } });
  expect(ownerOf(await as(`Bearer ${KEY}`))).toBe('key:me');
  const wrong = await as('Bearer something-else-entirely');
  expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect((await as('Bearer')).status).toBe(401);
  expect(ownerOf(await as('Basic YTpi'))).toMatch(/^[\da-f-]{36}$/);
});

test('health checks ignore credentials', async () => {
  for (const key of [KEY, 'wrong']) {
    const response = await ask('/health', { headers: { Authorization: `Bearer ${key}` } });
    expect([response.status, response.headers.get('x-ratelimit-limit')]).toEqual([200, null]);
  }
});
