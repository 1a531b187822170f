/** What all responses have in common. */
import { request, type ClientRequest, type RequestOptions } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiSentence } from '@/lib/texts/api-errors';
import { SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectWithin, timeOf } from '../../setup/expect-within';
import { FRAME_POLICY, OFFLINE_POLICY } from '@/lib/http/headers/security-headers';

let deployment: Deployment;
let app: Instance;
let api: ApiClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start();
  ({ api } = app);
});
afterAll(() => deployment.remove());

const json = { 'Content-Type': 'application/json' };
const visit = (path: string, init?: RequestInit) => fetch(`${app.url}${path}`, init);
/** Sends a request that `fetch` would refuse; `send` may keep it open. */
function rawly(
  options: RequestOptions,
  send = (sent: ClientRequest) => void sent.end(),
): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode, body });
        sent.destroy();
      });
    }).on('error', reject);
    send(sent);
  });
}

test('a page has a policy with a nonce and nothing unsafe, and its scripts carry that nonce', async () => {
  const page = await visit('/');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
  const scripts = (await page.text()).match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
  const again = await visit('/');
  expect(again.headers.get('content-security-policy')).not.toContain(nonce);
});

const scriptOf = async () =>
  /\/_next\/static\/[^"]+\.js/.exec(await (await visit('/')).text())?.[0] ?? '';

test('static files allow only GET and HEAD', async () => {
  for (const path of ['/icon.svg', await scriptOf()]) {
    const response = await visit(path, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await response.json()).toMatchObject({ error: 'Method Not Allowed', code: 405 });
  }
});

test('static files have the constant headers and no cookie', async () => {
  const { status, headers } = await visit(await scriptOf());
  expect(status).toBe(200);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('set-cookie')).toBeNull();
});

test('the frame of diagrams has no origin and no network, and only this origin may show it', async () => {
  const { status, headers } = await visit('/diagrams/frame.html');
  expect(status).toBe(200);
  expect(headers.get('content-security-policy')).toBe(FRAME_POLICY);
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  const script = await visit('/diagrams/frame.js');
  expect(script.headers.get('access-control-allow-origin')).toBe('*');
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(script.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test.each(['manifest.webmanifest', 'worker.js', 'offline.html', 'icon-192.png'])(
  'the installed app gets %s without a cookie',
  async (file) => {
    const { status, headers } = await visit(`/pwa/${file}`);
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-security-policy')).toBe(OFFLINE_POLICY);
    expect(headers.get('service-worker-allowed')).toBe('/');
  },
);

test.each([
  '//elsewhere.example',
  '/api/sessions/',
  '/icon.svg',
  '/favicon.ico',
  '/icon.svgx',
  '/health/x',
])('%s, which no page or handler answers, has the constant headers and an id too', async (path) => {
  const { status, headers } = await fetch(app.url + path, { redirect: 'manual' });
  expect(status).toBeLessThan(500);
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';[^,]*$/);
  expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  expect(headers.get('location') ?? '/').toMatch(/^\/(?!\/)/);
});

test('a well-formed request id is kept, any other is replaced', async () => {
  const kept = await visit('/health', { headers: { 'X-Request-ID': 'my-id_1.2' } });
  expect(kept.headers.get('x-request-id')).toBe('my-id_1.2');
  const replaced = await visit('/api/none', { headers: { 'X-Request-ID': 'no spaces' } });
  const { request_id: id } = (await replaced.json()) as { request_id: string };
  expect(id).toMatch(/^[\da-f-]{36}$/);
  expect(replaced.headers.get('x-request-id')).toBe(id);
});

test.each([
  ['GET', '/api/nothing/here', 404],
  ['PUT', '/api/sessions', 405],
  ['DELETE', '/api/chat', 405],
  ['POST', '/health', 405],
  ['POST', '/', 405],
])('%s %s is %i with the JSON error', async (method, path, code) => {
  const response = await api.fetch(path, { method });
  expect(response.status).toBe(code);
  expect(await response.json()).toEqual({
    error: code === 404 ? 'Not Found' : 'Method Not Allowed',
    code,
    ...(code === 404 ? { kind: 'not-found', reason: 'address' } : { kind: 'method-not-allowed' }),
    request_id: response.headers.get('x-request-id'),
  });
  expect(response.headers.has('allow')).toBe(code === 405);
});

const unreadable = { kind: 'invalid', reason: 'request' } as const;
const nowhere = { kind: 'not-found', reason: 'address' } as const;
const notAllowed = { kind: 'method-not-allowed' } as const;
/** What the server process tells by itself; where the app tells the same, in the same words. */
const TOLD_EARLY: Readonly<Record<number, object>> = {
  400: { ...unreadable, error: apiSentence(unreadable) },
  404: { ...nowhere, error: apiSentence(nowhere) },
  405: { ...notAllowed, error: apiSentence({ ...notAllowed, allow: [] }) },
  414: { ...unreadable, error: expect.stringContaining('100 parameters') },
  417: { ...unreadable, error: 'Expectation Failed' },
  431: { ...unreadable, error: expect.stringContaining('200 cookies') },
};

test.each<[number, RequestOptions]>([
  [400, { path: '/%ff%fe' }],
  [400, { path: '/api/%zz' }],
  [404, { path: '/_global-error' }],
  [405, { method: 'TRACE', path: '/' }],
  [405, { method: 'BREW', path: '/api/chat' }],
  [400, { path: 'http://elsewhere.example/' }],
  [400, { path: '/health', setHost: false }],
  [400, { path: '/health', headers: ['Host', 'one', 'Host', 'another'] }],
  [417, { path: '/health', headers: { Expect: 'a-miracle' } }],
  [414, { path: `/health?${'a&'.repeat(100)}` }],
  [431, { path: '/health', headers: { Cookie: Array(201).fill('a=b').join('; ') } }],
])('%i in the unified body for what the framework cannot answer: %o', async (code, options) => {
  const { status, body } = await rawly(options);
  expect(status).toBe(code);
  expect(JSON.parse(body)).toEqual({
    ...TOLD_EARLY[code],
    code,
    request_id: expect.any(String),
  });
});

test('what a client calls itself costs nothing, however long it is', async () => {
  const headers = { 'User-Agent': '-'.repeat(15_000) };
  await expectWithin(1_000, () =>
    timeOf(async () => {
      for (let times = 0; times < 10; times += 1)
        expect(await rawly({ path: '/health', headers })).toMatchObject({ status: 200 });
    }),
  );
});

test('as many parameters and cookies as anybody needs are read', async () => {
  const headers = { Cookie: Array(200).fill('a=b').join('; ') };
  const { status } = await rawly({ path: `/api/sessions?${'a&'.repeat(99)}`, headers });
  expect(status).toBe(200);
});

test('a request that offers to upgrade its connection is answered like any other', async () => {
  const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' };
  for (const [path, code] of [
    ['/health', 200],
    ['/api/none', 404],
    ['/', 200],
  ] as const) {
    const { status } = await rawly({ path, headers });
    expect({ path, status }).toEqual({ path, status: code });
  }
});

test.each(['x-middleware-prefetch', 'rsc'])(
  'the header %s, with which the framework would answer by itself, has no effect',
  async (name) => {
    const headers = { [name]: '1' };
    const { status, body } = await api.call('GET', '/api/none', undefined, headers);
    expect([status, body.error]).toEqual([404, 'Not Found']);
    expect((await visit('/health', { headers })).status).toBe(200);
  },
);

test('a body with a Content-Length over 64 KB is refused before it arrives', async () => {
  const headers = { 'Content-Length': '1000000' };
  const keepOpen = (sent: ClientRequest) => void sent.write('{');
  const refused = await rawly({ method: 'POST', path: '/api/chat', headers }, keepOpen);
  expect(refused.status).toBe(413);
});

test('no cache may store an API response', async () => {
  for (const path of ['/api/sessions', '/api/models', '/api/none', '/health']) {
    expect((await api.fetch(path)).headers.get('cache-control')).toContain('no-store');
  }
});

test('HEAD answers as GET without a body, and OPTIONS lists the methods', async () => {
  const head = await api.fetch('/api/sessions', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const options = await api.fetch('/api/sessions', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([
    204,
    'GET, HEAD, POST, DELETE, OPTIONS',
  ]);
});

test('a body over 64 KB is refused, with and without a length', async () => {
  const big = JSON.stringify({ title: 'x'.repeat(70_000) });
  expect((await api.call('POST', '/api/sessions', big)).status).toBe(413);
  const huge = JSON.stringify({ title: 'x'.repeat(200_000) });
  for (const text of [big, huge]) {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    const init = { method: 'POST', headers: json, body, duplex: 'half' };
    expect((await api.fetch('/api/sessions', init)).status).toBe(413);
  }
});

test.each([
  ['__proto__', '{"title":"x","__proto__":{"a":1}}'],
  ['deep __proto__', '{"title":"x","a":{"__proto__":1}}'],
  ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d])],
  ['a number', '5'],
  ['null', 'null'],
  ['deep nesting', '['.repeat(30_000)],
])('a body with %s is 400', async (_, body) => {
  const init = { method: 'POST', headers: json, body };
  expect((await api.fetch('/api/sessions', init)).status).toBe(400);
});

test('a body without the Content-Type of JSON is 400, and the error names the type', async () => {
  const headers = { 'Content-Type': 'text/plain' };
  const { status, body } = await api.call('POST', '/api/chat', '{"message":"hi"}', headers);
  expect([status, body.error]).toEqual([400, "Missing JSON body or 'message' field"]);
  expect(JSON.stringify(body)).toContain('application/json');
});

test('a compressed body is 415, and the error names the encoding', async () => {
  const body = gzipSync('{"message":"hi"}');
  const headers = { ...json, 'Content-Encoding': 'gzip' };
  const response = await api.fetch('/api/chat', { method: 'POST', headers, body });
  expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
  expect(await response.json()).toMatchObject({
    error: expect.stringContaining('gzip'),
    code: 415,
  });
});

test('HSTS applies to this host only', async () => {
  for (const path of ['/', '/health', '/api/none', '/icon.svg', '/api/sessions/', '/%ff']) {
    const { headers } = await visit(path, { redirect: 'manual' });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
});

test('an untrusted proxy is logged once with advice, and the start line shows the listening address', async () => {
  for (let n = 0; n < 2; n += 1)
    await visit('/health', { headers: { 'X-Forwarded-For': '198.51.100.1' } });
  const said = app.logged().filter(({ event }) => event === 'proxy.distrusted');
  expect(said).toMatchObject([{ cause: expect.stringContaining('TRUSTED_PROXIES') }]);
  expect(app.lines.join('\n')).toContain('(listens on 127.0.0.1: this machine only; set HOST=::');
});
