/** Whatever is refused, its access line says why. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { accessLines } from '../../programs/access-lines';
import { API_KEYS } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { rawly } from '../../programs/raw-request';

let deployment: Deployment;
let app: Instance;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({
    TRUSTED_PROXIES: '1',
    BLOCKED_ADDRESSES: '9.9.9.0/24',
    VISITOR_RATE_LIMIT: '1/day',
    PAGE_RATE_LIMIT: '2/day',
    OWNER_MAX_SESSIONS: '1',
  });
  await app.api.createSession();
  const key = { 'Idempotency-Key': 'used' };
  await app.api.call('POST', '/api/chat', { message: 'one' }, key);
});
afterAll(() => deployment.remove());

const KEY = { Authorization: `Bearer ${API_KEYS.split(',')[0]?.split(':')[1] ?? ''}` };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const from = (last: number) => ({ 'X-Forwarded-For': `10.0.0.${String(last)}` });

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly path?: string;
  readonly body?: string;
}

const KEYED = { ...KEY, ...JSON_TYPE };
const post = (path: string, headers: Record<string, string> = {}, body?: string): Asked => ({
  method: 'POST',
  path,
  headers: { ...KEYED, ...headers },
  ...(body !== undefined && { body }),
});

test.each<[number, string, Asked]>([
  [400, 'request', { path: '/%ff' }],
  [400, 'fields', { path: '/api/search?limit=x', headers: KEY }],
  [400, 'body', post('/api/sessions', {}, '[]')],
  [401, 'unknown-key', { path: '/api/sessions', headers: { Authorization: 'Bearer wrong' } }],
  [401, 'stranger', { path: '/api/sessions/changes' }],
  [403, 'blocked', { headers: { 'X-Forwarded-For': '9.9.9.9' } }],
  [
    403,
    'cross-site',
    { method: 'POST', path: '/api/sessions', headers: { Origin: 'https://x.y' } },
  ],
  [403, 'account-needed', { path: '/api/keys', headers: from(1) }],
  [403, 'OWNER_MAX_SESSIONS', post('/api/sessions')],
  [404, 'address', { path: '/api/nothing' }],
  [404, 'address', { path: '/_global-error' }],
  [404, 'session', { path: '/api/sessions/nothing', headers: KEY }],
  [404, 'turn', { path: '/api/chat/stream/nothing', headers: KEY }],
  [405, 'method-not-allowed', { method: 'PUT', path: '/api/models', headers: KEY }],
  [405, 'method-not-allowed', { method: 'PROPFIND' }],
  [405, 'method-not-allowed', { method: 'POST', path: '/s' }],
  [413, 'body', post('/api/sessions', {}, 'x'.repeat(70_000))],
  [414, 'request', { path: `/?${'a&'.repeat(101)}` }],
  [415, 'unsupported', post('/api/sessions', { 'Content-Encoding': 'compress' })],
  [417, 'request', { headers: { Expect: 'tea' } }],
  [421, 'misdirected', { headers: { Host: 'evil.example' } }],
  [422, 'key-reused', post('/api/chat', { 'Idempotency-Key': 'used' })],
  [422, 'unknown', post('/api/sessions/import')],
  [431, 'request', { headers: { Cookie: 'a=b;'.repeat(201) } }],
])('%i %s', async (status, reason, { method, path = '/', headers = {}, body }) => {
  const before = accessLines(app, status).length;
  const { host: Host } = new URL(app.url);
  const answer = await rawly(app.url, path, { Host, ...headers }, method, body);
  expect(answer.status).toBe(status);
  await expect.poll(() => accessLines(app, status).length).toBe(before + 1);
  expect(accessLines(app, status).at(-1)).toMatchObject({
    error: expect.any(String),
    reason: expect.stringContaining(reason),
    address_hash: expect.any(String),
  });
});

test('a page over the limit of new visitors is shown without a cookie, and its line says why', async () => {
  const page = () => fetch(app.url, { headers: from(2) });
  const [first, second] = [await page(), await page()];
  expect(first.headers.get('set-cookie')).not.toBeNull();
  expect([second.status, second.headers.get('set-cookie')]).toEqual([200, null]);
  const reasons = (status: number) => accessLines(app, status).map(({ reason }) => reason);
  await expect.poll(() => reasons(200)).toContain('VISITOR_RATE_LIMIT 1/day');
  expect((await page()).status).toBe(429);
  const write = { ...JSON_TYPE, ...from(2) };
  expect((await fetch(`${app.url}/api/sessions`, { method: 'POST', headers: write })).status).toBe(
    429,
  );
  await expect
    .poll(() => new Set(reasons(429)))
    .toEqual(new Set(['PAGE_RATE_LIMIT 2/day', 'VISITOR_RATE_LIMIT 1/day']));
});

test('what is no request at all has a line, too', async () => {
  const { hostname: host, port } = new URL(app.url);
  const socket = connect(Number(port), host);
  socket.end('\x16\x03\x01 is how a browser begins to speak TLS\r\n\r\n');
  await expect
    .poll(() => accessLines(app, 405).find(({ path }) => path === ''))
    .toMatchObject({ error: 'method-not-allowed', address_hash: expect.any(String) });
  socket.destroy();
});

test('a request whose rest cannot be read has one', async () => {
  const lines = () => accessLines(app, 400).filter(({ reason }) => reason === 'request');
  const before = lines().length;
  const { hostname: host, port } = new URL(app.url);
  const socket = connect(Number(port), host);
  socket.write(
    `POST /api/sessions HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n`,
  );
  await expect.poll(() => lines().length).toBe(before + 1);
  socket.destroy();
});

test('Node has warned of nothing', () => {
  expect(app.lines.filter((line) => line.includes('Warning'))).toEqual([]);
});
