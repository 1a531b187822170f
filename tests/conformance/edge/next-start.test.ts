import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SQLITE, type EmptyDatabase } from '../../databases/engines';
import { API_KEYS, apiClient } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import { freePort } from '../../programs/free-port';
import { spokenBy, startUpstream, type Upstream } from '../../upstream/upstream';
import { startApp } from '../../programs/app';

/** Under `next start`, without scripts/serve.mjs, as on a platform with a server of its own. */
let place: EmptyDatabase;
let upstream: Upstream;
let server: ChildProcess;
let url: string;
let written: string;

const configuration = () => ({
  DATABASE_URI: place.uri,
  OPENAI_BASE_URL: upstream.url,
  ACCESS: 'open',
  API_KEYS,
});

beforeEach(async () => {
  place = await SQLITE.empty();
  upstream = await startUpstream();
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  const { PATH, HOME } = process.env;
  server = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', port],
    {
      env: { PATH, HOME, ...configuration() } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  written = '';
  server.stdout?.on('data', (text) => (written += String(text)));
  await expect
    .poll(() => fetch(`${url}/health`).then(({ status }) => status, String), { timeout: 60_000 })
    .toBe(200);
});
afterEach(async () => {
  server.kill('SIGKILL');
  await upstream.close();
  await place.remove();
});

/** True while the port accepts new connections. */
const accepts = () =>
  new Promise<boolean>((resolve) => {
    const probe = connect(Number(new URL(url).port), '127.0.0.1', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => {
      resolve(false);
    });
  });

test('shutdown waits for a turn whose client has disconnected: the whole reply and its memory are stored', async () => {
  const api = apiClient(url);
  const spoken = spokenBy(upstream);
  const session_id = await api.createSession();
  const reading = await readSend(api, { message: 'hello', session_id });
  await expect.poll(() => upstream.requests.length).toBe(1);
  spoken.say('Once');
  await reading.seen('Once');
  reading.leave();

  const exited = new Promise((resolve) => server.on('exit', resolve));
  server.kill('SIGTERM');
  await expect.poll(accepts).toBe(false);
  expect(server.exitCode).toBeNull();
  spoken.say(' upon a time');
  spoken.finish();
  await exited;

  const after = await startApp(configuration());
  const restarted = apiClient(after.url);
  const [, reply] = await restarted.messages(session_id);
  const { body } = await restarted.call('GET', `/api/sessions/${session_id}/memory`);
  await after.stop();
  expect(reply?.content).toBe('Once upon a time');
  expect(reply?.state).toBeUndefined();
  expect(body.memory).toBe('- merged');
});

/** The access log lines of a path. */
const linesOf = (path: string) =>
  written
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['event'] === 'http.access' && line['path'] === path);

test('pages are in the access log, and every response has the constant headers', async () => {
  const statuses = {
    '/': 200,
    '/s/nowhere': 404,
    '/nowhere': 404,
    '/_global-error': 404,
    '/api/models': 401,
    '/icon.svg': 200,
  };
  const Authorization = 'Bearer wrong';
  for (const [path, status] of Object.entries(statuses)) {
    const headers = path.startsWith('/api') ? { Authorization } : {};
    const response = await fetch(url + path, { redirect: 'manual', headers });
    expect([path, response.status]).toEqual([path, status]);
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('content-security-policy') ?? '').not.toContain(',');
  }
  // Next sends this redirect without the configured headers.
  expect((await fetch(`${url}/nowhere/`, { redirect: 'manual' })).status).toBe(308);
  const { '/icon.svg': _file, ...logged } = statuses;
  for (const [path, status] of Object.entries({ ...logged, '/nowhere/': 308 }))
    await expect.poll(() => linesOf(path)).toMatchObject([{ method: 'GET', status }]);
  const [line] = linesOf('/nowhere');
  expect(line?.['request_id']).toMatch(/^[\da-f-]{36}$/);
  expect(linesOf('/')[0]?.['owner_hash']).toMatch(/^[\w-]{12}$/);
  expect((await fetch(url)).headers.get('content-security-policy')).toContain("'nonce-");
});
