/** Cookies, API keys, cross-site requests and rate limits. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { keyHolder } from '@/lib/accounts/principal';
import { SQLITE } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

const APP_SECRET = 'the secret of this instance and of its attacker';
vi.stubEnv('APP_SECRET', APP_SECRET);
const { signRequest } = await import('@/lib/http/identity/internal-signature');

const FRIEND = 'https://friend.example';
let deployment: Deployment;
let app: Instance;
let api: ApiClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({
    APP_SECRET,
    FRONTEND_ORIGIN: FRIEND,
    CHAT_RATE_LIMIT: '4/day;1000/day',
  });
  ({ api } = app);
});
afterAll(() => deployment.remove());

const json = { 'Content-Type': 'application/json' };
const visit = (path: string, init?: RequestInit) => fetch(`${app.url}${path}`, init);
/** The cookie that the first page sets. */
const cookieOf = async () => (await visit('/')).headers.get('set-cookie')?.split(';')[0] ?? '';

test('pages set a signed cookie, which identifies the owner; a forged one does not', async () => {
  const cookie = await cookieOf();
  expect(cookie).toMatch(/^ask_owner_\d+=/);
  const Origin = app.url;
  const created = await visit('/api/sessions', {
    method: 'POST',
    headers: { ...json, cookie, Origin },
    body: '{}',
  });
  const { id } = (await created.json()) as { id: string };
  const read = (headers: Record<string, string>) => visit(`/api/sessions/${id}`, { headers });
  expect((await read({ cookie })).status).toBe(200);
  expect((await read({ cookie: await cookieOf() })).status).toBe(404);
  expect(
    (await read({ cookie: `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}` })).status,
  ).toBe(404);
  expect((await read({})).status).toBe(404);
  const random = await visit('/api/sessions/2f3a1c9e-0000-4000-8000-000000000000', {
    headers: { cookie },
  });
  const foreign = await read({ cookie: await cookieOf() });
  const bodyOf = async (response: Response) => ({
    ...((await response.json()) as object),
    request_id: '',
  });
  expect(await bodyOf(foreign)).toEqual(await bodyOf(random));
});

test('without ACCESS=accounts the calls of accounts are 404', async () => {
  for (const path of ['/api/account', '/api/people', '/api/auth/sign-ins', '/api/auth/claim'])
    expect([path, (await api.call('GET', path)).status]).toEqual([path, 404]);
  const signUp = { name: 'Ann', password: 'a long enough password' };
  expect((await api.call('POST', '/api/auth/sign-up', signUp)).status).toBe(404);
  expect((await visit('/sign-in')).status).toBe(404);
});

test('a first write without a cookie sets one', async () => {
  const created = await visit('/api/sessions', { method: 'POST', headers: json, body: '{}' });
  expect(created.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Lax');
  expect((await visit('/api/sessions')).headers.get('set-cookie')).toBeNull();
});

test('each API key is an owner of its own, and an unknown one is 401', async () => {
  const id = await api.createSession();
  expect((await api.call('GET', `/api/sessions/${id}`)).status).toBe(200);
  const other = apiClient(app.url, OTHER_KEY);
  expect((await other.call('GET', `/api/sessions/${id}`)).status).toBe(404);
  const wrong = await apiClient(app.url, 'wrong-key').call('GET', '/api/sessions');
  expect([wrong.status, wrong.body.code]).toEqual([401, 401]);
});

test('a change with a cookie must come from this site or an allowed one', async () => {
  const cookie = await cookieOf();
  const post = async (headers: Record<string, string>) => {
    const response = await visit('/api/sessions', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: '{}',
    });
    return response.status;
  };
  expect(await post({ cookie })).toBe(403);
  expect(await post({ cookie, Origin: 'https://evil.example' })).toBe(403);
  expect(await post({ cookie, 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
  expect(await post({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' })).toBe(403);
  expect(await post({ cookie, Origin: app.url })).toBe(200);
  expect(await post({ cookie, Origin: FRIEND })).toBe(200);
  expect(await post({ cookie, 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
});

test('CORS: an allowed origin may read everything it needs, any other nothing', async () => {
  const preflight = await visit('/api/chat', {
    method: 'OPTIONS',
    headers: { Origin: FRIEND, 'Access-Control-Request-Method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(FRIEND);
  const allowed = preflight.headers.get('access-control-allow-headers')?.split(', ');
  for (const name of ['Content-Type', 'Authorization', 'Idempotency-Key', 'Last-Event-ID'])
    expect(allowed).toContain(name);
  for (const name of ['traceparent', 'tracestate', 'baggage', 'sentry-trace'])
    expect(allowed).toContain(name);
  const read = await visit('/api/models', { headers: { Origin: FRIEND } });
  expect(read.headers.get('access-control-allow-credentials')).toBe('true');
  expect(read.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Remaining');
  expect(read.headers.get('access-control-expose-headers')).toContain('X-Request-ID');
  const other = await visit('/api/models', { headers: { Origin: 'https://evil.example' } });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
  expect(other.headers.get('vary')).toContain('Origin');
});

describe('internal headers from a client are ignored', () => {
  const id = 'repeated';
  const forged = `${'x'.repeat(43)}.e30`;
  const signed = () => {
    const headers = new Headers();
    signRequest(headers, id, { principal: keyHolder('first'), known: true, address: 'unknown' });
    return headers.get('x-ask-caller') ?? '';
  };

  test.each<[string, (caller: string) => Record<string, string>]>([
    ['alone', (caller) => ({ 'X-ASK-Caller': caller })],
    ['twice', (caller) => ({ 'x-ask-caller': `${caller}, ${caller}` })],
    [
      'past the middleware',
      (caller) => ({
        'x-ask-caller': caller,
        'x-middleware-subrequest': Array(6).fill('middleware').join(':'),
      }),
    ],
    [
      'in the name of the middleware',
      (caller) => ({
        'x-middleware-next': '1',
        'x-middleware-override-headers': 'x-ask-caller,x-request-id',
        'x-middleware-request-x-ask-caller': caller,
        'x-middleware-request-x-request-id': id,
      }),
    ],
  ])('sent %s', async (_, headersOf) => {
    const session = await api.createSession();
    for (const caller of [forged, signed()]) {
      const headers = { ...headersOf(caller), 'X-Request-ID': id };
      expect((await visit(`/api/sessions/${session}`, { headers })).status).toBe(404);
    }
  });

  test('and no response contains one', async () => {
    for (const path of ['/', '/api/sessions', '/api/nothing', '/health'])
      for (const [name] of (await visit(path)).headers)
        expect(name).not.toMatch(/^x-ask-|^x-middleware-/);
  });
});

test('both chat routes share one rate limit, and over it the answer is 429', async () => {
  const other = apiClient(app.url, OTHER_KEY);
  const { requests } = deployment.upstream;
  const body = { message: 'hi' };
  const first = await other.call('POST', '/api/chat', body);
  expect(first.headers.get('x-ratelimit-remaining')).toBe('3');
  const second = await other.stream(body);
  expect(second.headers.get('x-ratelimit-remaining')).toBe('2');
  await other.call('POST', '/api/chat', {});
  await other.call('POST', '/api/chat', body);
  const earlier = requests.length;
  for (const path of ['/api/chat', '/api/chat/stream']) {
    const refused = await other.call('POST', path, body);
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({
      error: 'Too Many Requests',
      code: 429,
      kind: 'rate-limited',
      reason: 'CHAT_RATE_LIMIT',
      request_id: refused.headers.get('x-request-id'),
    });
    expect(refused.headers.get('x-ratelimit-limit')).toBe('4');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"day";r=0;t=\d+$/);
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  expect(requests.length).toBe(earlier);
  expect((await other.call('GET', '/api/sessions')).status).toBe(200);
  expect((await other.call('GET', '/health')).headers.get('x-ratelimit-limit')).toBeNull();
});

test('a forged X-Forwarded-For gets no new rate limit', async () => {
  const post = async (address: string) => {
    const headers = { ...json, 'X-Forwarded-For': address };
    const response = await visit('/api/chat', { method: 'POST', headers, body: '{}' });
    return response.headers.get('x-ratelimit-remaining');
  };
  expect([await post('1.1.1.1'), await post('2.2.2.2'), await post('3.3.3.3')]).toEqual([
    '3',
    '2',
    '1',
  ]);
});

test('a changed secret keeps visitors whose cookie the previous one signed, and renews the cookie', async () => {
  const old = await cookieOf();
  const open = async (settings: Record<string, string>, cookie: string) => {
    const { url, stop } = await deployment.start({ APP_SECRET: 'a'.repeat(32), ...settings });
    const [, value = ''] = cookie.split('=');
    const headers = { cookie: `ask_owner_${new URL(url).port}=${value}` };
    const page = await fetch(url, { headers });
    await stop();
    return page.headers.get('set-cookie')?.split(';')[0] ?? null;
  };
  const renewed = await open({ APP_SECRET_PREVIOUS: APP_SECRET }, old);
  expect(cookieParts(renewed).owner).toBe(cookieParts(old).owner);
  expect(cookieParts(old).owner).toBeDefined();
  expect(cookieParts(renewed).signature).not.toBe(cookieParts(old).signature);
  expect(cookieParts(await open({}, renewed ?? '')).owner).toBe(cookieParts(old).owner);
  // A page replaces no cookie of an unknown signature.
  expect(await open({}, old)).toBeNull();
});

/** The owner and the signature in a cookie. */
function cookieParts(cookie: string | null) {
  const [, owner, signature] = /=([\da-f-]{36})\.(.+)$/.exec(cookie ?? '') ?? [];
  return { owner, signature };
}
