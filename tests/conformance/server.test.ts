import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { apiClient, API_KEYS, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { openStream, startUpstream, token, type Upstream } from '../upstream/upstream';

let place: EmptyDatabase;
let upstream: Upstream;
let running: RunningApp[];

beforeEach(async () => {
  const [sqlite] = ENGINES;
  if (!sqlite) throw new Error('no SQLite');
  place = await sqlite.empty();
  upstream = await startUpstream();
  running = [];
});
afterEach(async () => {
  for (const app of running) await app.stop('SIGKILL');
  await upstream.close();
  await place.remove();
});

async function start(more: Record<string, string> = {}): Promise<[RunningApp, ApiClient]> {
  const configuration = { DATABASE_URI: place.uri, OPENAI_BASE_URL: upstream.url, API_KEYS };
  const app = await startApp({ ...configuration, ...more });
  running.push(app);
  return [app, apiClient(app.url)];
}

/** An upstream that says two words and then waits to be let on. */
function heldUpstream(): { finish: () => void } {
  let finish = () => undefined as void;
  upstream.behave((response) => {
    openStream(response).write(token('half '));
    finish = () => {
      response.end(`${token('whole')}data: [DONE]\n\n`);
    };
  });
  return {
    finish: () => {
      finish();
    },
  };
}

const accessLines = (app: RunningApp, path: string) =>
  app.logged().filter((line) => line['event'] === 'http.access' && line['path'] === path);

test('a port in use is one sentence and a failure', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const failed = await start({ PORT: String(port) }).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain(`Port ${String(port)} is in use.`);
  expect(failed).not.toContain('    at ');
  holder.close();
});

test('a wrong configuration names every mistake, and nothing is served', async () => {
  const failed = await start({ CHAT_RATE_LIMIT: 'lots', TRUSTED_PROXIES: '-1' }).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain('CHAT_RATE_LIMIT must');
  expect(failed).toContain('TRUSTED_PROXIES must');
  expect(failed).not.toContain('ready');
  expect(failed).not.toContain('    at ');
});

test('a second signal ends the process at once', async () => {
  heldUpstream();
  const [app, api] = await start();
  const streaming = api.stream({ message: 'hi' }).catch(() => 'cut');
  await expect.poll(() => upstream.requests.length).toBe(1);
  const exited = app.stop('SIGTERM');
  await expect.poll(async () => (await api.call('GET', '/health/ready')).status).toBe(503);
  // One Ctrl-C may arrive twice, so only a later signal is a second one.
  const repeating = setInterval(() => app.process.kill('SIGTERM'), 100);
  expect(await exited).toBe(1);
  clearInterval(repeating);
  expect(await streaming).toBe('cut');
});

test('the line of a stream is written when it has ended, or when its reader has left', async () => {
  const held = heldUpstream();
  const [app, api] = await start();
  const streaming = api.stream({ message: 'hi' });
  await expect.poll(() => upstream.requests.length).toBe(1);
  expect(accessLines(app, '/api/chat/stream')).toEqual([]);
  held.finish();
  await streaming;
  await expect.poll(() => accessLines(app, '/api/chat/stream')).toHaveLength(1);

  const leaving = new AbortController();
  const body = JSON.stringify({ message: 'hi' });
  const headers = { 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body, signal: leaving.signal };
  const { status } = await api.fetch('/api/chat/stream', init);
  await expect.poll(() => upstream.requests.length).toBe(2);
  expect([status, accessLines(app, '/api/chat/stream').length]).toEqual([200, 1]);
  leaving.abort();
  await expect.poll(() => accessLines(app, '/api/chat/stream')).toHaveLength(2);
});

test('pages and refused requests have their line too, files have none', async () => {
  const [app] = await start();
  const page = await fetch(`${app.url}/?q=private`);
  const file = /\/_next\/static\/[^"]+\.js/.exec(await page.text())?.[0] ?? 'none';
  await fetch(app.url + file);
  await fetch(`${app.url}/%ff`);
  const id = page.headers.get('x-request-id');
  await expect.poll(() => accessLines(app, '/%ff')).toMatchObject([{ status: 400 }]);
  expect(accessLines(app, '/')).toMatchObject([{ status: 200, request_id: id, method: 'GET' }]);
  expect(accessLines(app, file)).toEqual([]);
});

test('behind no proxy nothing is believed of what a proxy would say', async () => {
  const [app] = await start();
  const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' };
  const page = await fetch(app.url, { headers });
  expect(page.headers.get('set-cookie')).toMatch(/^ask_owner=/);
});

test('behind a trusted proxy the cookie is secure and the client is whom the proxy saw', async () => {
  const [app] = await start({ TRUSTED_PROXIES: '1', API_RATE_LIMIT: '1/day' });
  const from = (address: string) =>
    fetch(`${app.url}/api/models`, {
      headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': `6.6.6.6, ${address}` },
    });
  expect((await from('1.1.1.1')).status).toBe(200);
  expect((await from('1.1.1.1')).status).toBe(429);
  expect((await from('2.2.2.2')).status).toBe(200);
  const page = await fetch(app.url, { headers: { 'X-Forwarded-Proto': 'https' } });
  expect(page.headers.get('set-cookie')).toMatch(/^__Host-ask_owner=.*; Secure$/);
});
