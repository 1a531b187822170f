/** Allowed hosts and blocked addresses. */
import { hostname } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { accessLines } from '../../programs/access-lines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { rawly } from '../../programs/raw-request';

const json = { 'Content-Type': 'application/json' };

let deployment: Deployment;
let app: Instance;
let file: string;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({
    ALLOWED_HOSTS: 'chat.example.com',
    BLOCKED_ADDRESSES: '203.0.113.0/24',
    TRUSTED_PROXIES: '1',
  });
  const page = await (await fetch(app.url)).text();
  file = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? 'none';
});
afterAll(() => deployment.remove());

test.each(['/', '/s/1', '/api/sessions', '/health', '/health/ready', '/icon.svg', '//x', 'file'])(
  '%s is served only under an allowed host name',
  async (path) => {
    const target = path === 'file' ? file : path;
    const { port } = new URL(app.url);
    for (const Host of ['chat.example.com', 'CHAT.example.com.:80', `[::1]:${port}`, hostname()])
      expect((await rawly(app.url, target, { Host })).status).not.toBe(421);
    for (const headers of [
      { Host: `rebind.evil.example:${port}` },
      { Host: 'localhost', 'X-Forwarded-Host': 'evil.example' },
    ]) {
      const { status, body } = await rawly(app.url, target, headers);
      expect(status).toBe(421);
      expect(JSON.parse(body)).toMatchObject({
        error: expect.stringContaining('ALLOWED_HOSTS'),
        code: 421,
      });
    }
  },
);

test('DNS rebinding: a page under another host name cannot start a turn', async () => {
  const Host = 'rebind.evil.example';
  const headers = { ...json, Host, Origin: `http://${Host}`, 'Sec-Fetch-Site': 'same-origin' };
  expect((await rawly(app.url, '/api/chat', headers, 'POST')).status).toBe(421);
  expect(deployment.upstream.requests).toEqual([]);
});

test('a blocked network is refused on every path, in every notation of its addresses', async () => {
  for (const path of ['/', '/api/sessions', '/health', '/icon.svg', file]) {
    const from = (address: string) => rawly(app.url, path, { 'X-Forwarded-For': address });
    expect((await from('::ffff:cb00:7107')).status).toBe(403);
    expect((await from('203.0.114.7')).status).toBe(200);
  }
  await expect
    .poll(() => accessLines(app, 403))
    .toContainEqual(
      expect.objectContaining({
        path: '/icon.svg',
        error: 'forbidden',
        reason: 'blocked',
        address_hash: expect.any(String),
      }),
    );
});

test.each(['/api/ch%61t', '/%61pi/chat', '/api%2Fchat', '/api/chat%2Fstream', '/api/CHAT'])(
  'another spelling of a chat path starts no turn: %s',
  async (path) => {
    const { status } = await rawly(app.url, path, { ...json, Host: 'localhost' }, 'POST');
    expect([404, 405]).toContain(status);
    expect(deployment.upstream.requests).toEqual([]);
  },
);
test('two servers on one machine do not overwrite each other’s cookies', async () => {
  const secrets = ['the secret of one of the two instances', 'the secret of the other instance'];
  const [one, two] = await Promise.all(
    secrets.map((APP_SECRET) => deployment.start({ APP_SECRET })),
  );
  const jar = new Map<string, string>();
  const visit = async (to: Instance | undefined) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const page = await fetch(to?.url ?? '', { headers: { cookie } });
    const [, name = '', value = ''] =
      /^([^=]+)=([^;]+)/.exec(page.headers.get('set-cookie') ?? '') ?? [];
    jar.set(name, value);
    return value;
  };
  const first = await visit(one);
  await visit(two);
  expect(await visit(one)).toBe(first);
  expect(jar.size).toBe(2);
});
