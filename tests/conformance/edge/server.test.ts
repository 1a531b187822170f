import { once } from 'node:events';
import { get } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { hang, spokenBy, type Upstream } from '../../upstream/upstream';

let deployment: Deployment;
let upstream: Upstream;
/** For the tests that need no settings and leave it running. */
let app: Instance;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  ({ upstream } = deployment);
  app = await deployment.start();
});
afterAll(() => deployment.remove());
beforeEach(() => {
  upstream.reset();
});

const accessLines = (path: string) =>
  app.logged().filter((line) => line['event'] === 'http.access' && line['path'] === path);

test('a port in use is reported in one line, with exit code 1', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const failed = await deployment.start({ PORT: String(port) }).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain(`Port ${String(port)} is in use.`);
  expect(failed).not.toContain('    at ');
  holder.close();
});

test('an invalid configuration names every mistake, and nothing is served', async () => {
  const wrong = { CHAT_RATE_LIMIT: 'lots', TRUSTED_PROXIES: '-1' };
  const failed = await deployment.start(wrong).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain('CHAT_RATE_LIMIT must');
  expect(failed).toContain('TRUSTED_PROXIES must');
  expect(failed).not.toContain('ready');
  expect(failed).not.toContain('    at ');
});

test('a database that cannot be opened is reported as such', async () => {
  const failed = await deployment.start({ DATABASE_URI: `file:${tmpdir()}` }).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain('The database cannot be opened (DATABASE_URI or DATABASE_URL):');
  expect(failed).not.toContain('    at ');
});

test('a second signal ends the process at once', async () => {
  upstream.behave(hang);
  const ended = await deployment.start();
  const { api } = ended;
  const streaming = api.stream({ message: 'hi' }).catch(() => 'cut');
  await expect.poll(() => upstream.requests.length).toBe(1);
  const exited = ended.stop('SIGTERM');
  await expect.poll(async () => (await api.call('GET', '/health/ready')).status).toBe(503);
  // One Ctrl-C may arrive twice, so only a later signal counts as a second one.
  const repeating = setInterval(() => ended.process.kill('SIGTERM'), 100);
  expect(await exited).toBe(1);
  clearInterval(repeating);
  expect(await streaming).toBe('cut');
});

test('a stream is logged when it has ended or its client has disconnected', async () => {
  const spoken = spokenBy(upstream);
  const { api } = app;
  const streaming = api.stream({ message: 'hi' });
  await expect.poll(() => upstream.requests.length).toBe(1);
  expect(accessLines('/api/chat/stream')).toEqual([]);
  spoken.say('Hello');
  spoken.finish();
  await streaming;
  await expect.poll(() => accessLines('/api/chat/stream')).toHaveLength(1);

  const reading = await readSend(api, { message: 'hi' });
  await expect.poll(() => upstream.requests.length).toBe(2);
  expect(accessLines('/api/chat/stream')).toHaveLength(1);
  reading.leave();
  await expect.poll(() => accessLines('/api/chat/stream')).toHaveLength(2);
});

test('pages and refused requests are logged, static files are not', async () => {
  const page = await fetch(`${app.url}/?q=private`);
  const file = /\/_next\/static\/[^"]+\.js/.exec(await page.text())?.[0] ?? 'none';
  await fetch(app.url + file);
  await fetch(`${app.url}/%ff`);
  await fetch(`${app.url}/api/chat/`, { redirect: 'manual' });
  await fetch(`${app.url}/api//chat`, { redirect: 'manual' });
  const { hostname, port } = new URL(app.url);
  get({ hostname, port, path: '/api/../s' }).end();
  const id = page.headers.get('x-request-id');
  await expect.poll(() => accessLines('/%ff')).toMatchObject([{ status: 400 }]);
  await expect.poll(() => accessLines('/api/chat/')).toMatchObject([{ status: 308 }]);
  await expect.poll(() => accessLines('/api//chat')).toMatchObject([{ status: 308 }]);
  await expect.poll(() => accessLines('/s')).toMatchObject([{ status: 200 }]);
  expect(accessLines('/')).toMatchObject([{ status: 200, request_id: id, method: 'GET' }]);
  expect(accessLines(file)).toEqual([]);
});

test('a request whose body broke off has its access log line and no other', async () => {
  const plain = () => app.lines.filter((line) => !line.startsWith('{'));
  const before = plain();
  for (const path of ['/api/chat', '/nowhere']) {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const cut = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{`;
    await new Promise((resolve) => socket.write(cut, resolve));
    socket.destroy();
    await expect.poll(() => accessLines(path)).toMatchObject([{ status: 499 }]);
  }
  expect(plain()).toEqual(before);
});

test('without a trusted proxy, forwarded headers are ignored', async () => {
  const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' };
  const page = await fetch(app.url, { headers });
  expect(page.headers.get('set-cookie')).toMatch(/^ask_owner_\d+=/);
});

test('behind a trusted proxy the cookie is secure and the client’s address is the forwarded one', async () => {
  const { url } = await deployment.start({ TRUSTED_PROXIES: '1', API_RATE_LIMIT: '1/day' });
  const from = (address: string) =>
    fetch(`${url}/api/models`, {
      headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': `6.6.6.6, ${address}` },
    });
  expect((await from('1.1.1.1')).status).toBe(200);
  expect((await from('1.1.1.1')).status).toBe(429);
  expect((await from('2.2.2.2')).status).toBe(200);
  const page = await fetch(url, { headers: { 'X-Forwarded-Proto': 'https' } });
  expect(page.headers.get('set-cookie')).toMatch(/^__Host-ask_owner=.*; Secure$/);
});

test('a proxy can be trusted by its network, and owners keep their sessions when HTTPS is added', async () => {
  const visit = async (headers: Record<string, string>) => {
    const page = await fetch(url, { headers });
    return page.headers.get('set-cookie')?.split(';')[0]?.split('=') ?? [];
  };
  const { url } = await deployment.start({
    TRUSTED_PROXIES: 'loopback',
    API_RATE_LIMIT: '1/day',
    HSTS: 'preload',
  });
  const [name = '', value = ''] = await visit({});
  expect(name).toMatch(/^ask_owner_\d+$/);
  const proxied = { cookie: `${name}=${value}`, 'X-Forwarded-Proto': 'https' };
  expect(await visit(proxied)).toEqual(['__Host-ask_owner', value]);
  const from = (address: string) =>
    fetch(`${url}/api/models`, { headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
  expect((await from('1.1.1.1')).status).toBe(200);
  expect((await from('1.1.1.1')).status).toBe(429);
  expect((await from('2.2.2.2')).status).toBe(200);
  for (const path of ['/', '/api/none', '/icon.svg', '/%ff'])
    expect((await fetch(url + path)).headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains; preload',
    );
});
