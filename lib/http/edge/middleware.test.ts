import { NextRequest, type NextResponse } from 'next/server';
import { expect, test, vi } from 'vitest';

const KEY = 'a-key-that-is-long-enough';
const configuration = {
  APP_SECRET: 'a secret that only these tests know',
  LOG_LEVEL: 'silent',
  API_KEYS: `me:${KEY}`,
  FRONTEND_ORIGIN: 'https://friend.example',
  TRUSTED_PROXIES: '1',
  CHAT_RATE_LIMIT: '2/day',
  API_RATE_LIMIT: '1000/day',
  PAGE_RATE_LIMIT: '1000/day',
  VISITOR_RATE_LIMIT: '1000/day',
  ALLOWED_HOSTS: 'here,chat.example',
  BLOCKED_ADDRESSES: '9.9.9.0/24',
};
for (const [name, value] of Object.entries(configuration)) vi.stubEnv(name, value);
const { handleRequest } = await import('./middleware');
const { verifiedCaller } = await import('@/lib/http/identity/internal-signature');

const PREFLIGHT = { 'Access-Control-Request-Method': 'POST' };
interface Asked {
  method?: string;
  headers?: Record<string, string>;
}
const ask = (path: string, { method = 'GET', headers = {} }: Asked = {}) =>
  handleRequest(
    new NextRequest(`http://here${path}`, { method, headers: { Host: 'here', ...headers } }),
  );
/** A request header as pages and handlers receive it. */
const handedOn = (response: NextResponse, name: string) =>
  response.headers.get(`x-middleware-request-${name}`);
/** The caller as pages and handlers see it. */
function callerOf(response: NextResponse) {
  const headers = { get: (name: string) => handedOn(response, name) };
  const caller = verifiedCaller(headers, headers.get('x-request-id') ?? '');
  if (!caller) throw new Error('the request was not signed');
  return caller;
}
const ownerOf = (response: NextResponse) => callerOf(response).principal.owner;
const cookieOf = (response: NextResponse) =>
  response.headers.get('set-cookie')?.split(';')[0] ?? '';

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

test.each([
  [{ Host: 'evil.example' }, 421],
  [{ Host: 'here', 'X-Forwarded-Host': 'evil.example' }, 421],
  [{ Host: 'evil.example', 'X-Forwarded-Host': 'here' }, 421],
  [{ Host: 'HERE.:80', 'X-Forwarded-Host': 'evil.example, chat.example' }, 200],
  [{ Host: '127.0.0.1:3000' }, 200],
])('a request to %o is answered with %i on every path', async (headers, status) => {
  for (const path of ['/', '/s/1', '/api/sessions', '/health', '/health/ready', '/nothing'])
    expect((await ask(path, { headers })).status).toBe(status);
  const preflight = { ...headers, Origin: 'https://friend.example', ...PREFLIGHT };
  const preflighted = await ask('/api/chat', { method: 'OPTIONS', headers: preflight });
  expect(preflighted.status).toBe(status === 200 ? 204 : status);
});

test('an unknown host and a blocked address are refused with a reason, and not counted', async () => {
  const misdirected = await ask('/api/sessions', { headers: { Host: 'evil.example' } });
  expect(await misdirected.json()).toMatchObject({
    error: expect.stringContaining('ALLOWED_HOSTS'),
    code: 421,
  });
  const from = { 'X-Forwarded-For': '::ffff:909:909' };
  const blocked = await ask('/api/sessions', { headers: from });
  expect(await blocked.json()).toMatchObject({ error: expect.stringContaining('blocked') });
  expect([blocked.status, (await ask('/', { headers: from })).status]).toEqual([403, 403]);
  for (const { headers } of [misdirected, blocked])
    expect(headers.get('x-ratelimit-limit')).toBeNull();
});

test('a refusal is a page for a browser, and the JSON error for a program', async () => {
  const Host = 'evil.example';
  const seen = await ask('/', { headers: { Host, Accept: 'text/html,*/*;q=0.8' } });
  expect(seen.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(seen.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-/,
  );
  const html = await seen.text();
  expect(html).toContain('ALLOWED_HOSTS');
  expect(html).toContain(seen.headers.get('x-request-id'));
  const read = await ask('/', { headers: { Host, Accept: '*/*' } });
  expect(read.headers.get('content-type')).toContain('application/json');
});

test('each page has a new nonce, the same in the request to Next and in the response', async () => {
  const policies = [await ask('/'), await ask('/')].map((response) => {
    const policy = response.headers.get('content-security-policy');
    expect(handedOn(response, 'content-security-policy')).toBe(policy);
    return policy;
  });
  expect(policies[0]).toMatch(/script-src 'nonce-[\da-f]{32}' 'strict-dynamic';/);
  expect(policies[0]).not.toBe(policies[1]);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s on a page is 405', async (method) => {
  const response = await ask('/s/1', { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('the framework’s own error page is not served', async () => {
  expect((await ask('/_global-error')).status).toBe(404);
});

test('a body with a Content-Length over 64 KB is refused unread', async () => {
  const headers = { 'Content-Length': String(64 * 1024 + 1) };
  const response = await ask('/api/sessions', { method: 'POST', headers });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 413, request_id: expect.any(String) });
});

const cookie = cookieOf(await ask('/'));
test.each([
  ['a cookie and nothing else', { cookie }, 403],
  ['a cookie from this origin', { cookie, Origin: 'http://here' }, 200],
  ['a cookie and a browser that says so', { cookie, 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['a cookie from a named origin', { cookie, Origin: 'https://friend.example' }, 200],
  ['a cookie from elsewhere', { cookie, Origin: 'https://evil.example' }, 403],
  ['a cookie from another port', { cookie, Origin: 'http://here:81' }, 403],
  ['a cookie from a sandbox', { cookie, Origin: 'null' }, 403],
  ['a cookie from a sibling', { cookie, 'Sec-Fetch-Site': 'same-site' }, 403],
  ['a forged cookie and nothing else', { cookie: `${cookie}x` }, 200],
  ['no cookie and nothing else', {}, 200],
  ['no cookie from elsewhere', { Origin: 'https://evil.example' }, 403],
  ['a key from elsewhere', { Authorization: `Bearer ${KEY}`, Origin: 'https://evil.example' }, 200],
  [
    'a cookie behind a proxy that names the host',
    {
      cookie: `__Host-${cookie}`,
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'chat.example',
      Origin: 'https://chat.example',
    },
    200,
  ],
])('a change with %s', async (_, headers, status) => {
  expect((await ask('/api/sessions', { method: 'POST', headers })).status).toBe(status);
});

test('a read is never refused as cross-site', async () => {
  const headers = { cookie, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
  const response = await ask('/api/sessions', { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('an allowed origin can read a refusal', async () => {
  const headers = { Origin: 'https://friend.example', Authorization: 'Bearer wrong' };
  const response = await ask('/api/sessions', { headers });
  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://friend.example');
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});

test('a preflight is not counted', async () => {
  const headers = { Origin: 'https://friend.example', 'Access-Control-Request-Method': 'POST' };
  const response = await ask('/api/chat', { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
  expect(response.headers.get('x-ratelimit-limit')).toBeNull();
});

test('refused credentials count for the address, which limits guessing', async () => {
  const from = { 'X-Forwarded-For': '3.3.3.3' };
  const left = async (headers: Record<string, string>) => {
    const response = await ask('/api/chat', { method: 'POST', headers: { ...from, ...headers } });
    return [response.status, response.headers.get('x-ratelimit-remaining')];
  };
  expect(await left({ Authorization: 'Bearer wrong' })).toEqual([401, '999']);
  expect(await left({ Origin: 'https://evil.example' })).toEqual([403, '998']);
  expect(await left({ 'Content-Length': '1000000' })).toEqual([413, '997']);
  const page = await ask('/', { headers: { ...from, Authorization: 'Bearer wrong' } });
  expect([page.status, page.headers.get('x-ratelimit-remaining')]).toEqual([401, '996']);
});

test('pages have a budget per address of their own, health checks have none', async () => {
  const from = (path: string, address: string, method = 'GET') =>
    ask(path, { method, headers: { 'X-Forwarded-For': address } });
  const left = async (path: string) =>
    (await from(path, '4.4.4.4')).headers.get('x-ratelimit-remaining');
  const pages = ['/', '/s/1', '/s', '/nothing', '/icon.svgx', '/he%61lth'];
  const lefts = [];
  for (const path of pages) lefts.push(await left(path));
  expect(lefts).toEqual(['999', '998', '997', '996', '995', '994']);
  expect(await left('/health')).toBeNull();
  expect(await left('/api/sessions')).toBe('999');
});

test('both chat routes share one budget per address, which health checks and pages do not use', async () => {
  const from = (path: string, address: string, method = 'POST') =>
    ask(path, { method, headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
  for (const path of ['/health', '/health/ready', '/', '/s/1']) await from(path, '1.1.1.1', 'GET');
  const left = async (path: string) =>
    (await from(path, '1.1.1.1')).headers.get('x-ratelimit-remaining');
  expect([await left('/api/chat'), await left('/api/chat/stream')]).toEqual(['1', '0']);
  const refused = await from('/api/chat', '1.1.1.1');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ratelimit-limit')).toBe('2');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await from('/api/chat', '2.2.2.2')).status).toBe(200);
  expect((await from('/api/chat', '1.1.1.1', 'GET')).status).toBe(200);
});
