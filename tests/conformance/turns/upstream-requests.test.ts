import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { API_KEYS, apiClient, type ApiClient } from '../../programs/api-client';
import { startApp } from '../../programs/app';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { startOutgoingProxy } from '../../upstream/outgoing-proxy';
import { PICKY_SERVERS, picky } from '../../upstream/picky-servers';
import { answer, DONE, FINISH, hang, status, token, type Upstream } from '../../upstream/upstream';
import { OPENSSL, privateCertificate } from '../../upstream/private-certificate';

/** Requests to upstreams, and the detection of unsupported fields. Each model is a server of its own. */
let deployment: Deployment;
let upstream: Upstream;
let app: Instance;
let api: ApiClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  ({ upstream } = deployment);
  app = await deployment.start({
    CHAT_MODELS: ['first', 'second', 'third', ...PICKY_SERVERS.map(({ name }) => name)].join(),
    CHAT_REPLY_MAX_TOKENS: '300',
    CHAT_MEMORY_ENABLED: 'true',
    CHAT_MEMORY_MODEL: 'merger',
  });
  ({ api } = app);
});
afterAll(() => deployment.remove());
beforeEach(() => {
  upstream.reset();
  // Merges fail, so that the memory stays as a test wrote it.
  upstream.behaveMerging(status(400));
});

async function sessionWithMemory(): Promise<string> {
  const id = await api.createSession();
  await api.call('PUT', `/api/sessions/${id}/memory`, { memory: '- likes tea' });
  return id;
}
const append = (id: string, role: string, content: string) =>
  api.call('POST', `/api/sessions/${id}/messages`, { role, content });
const prompt = () => upstream.requests.at(-1)?.body.messages ?? [];

async function replyTo(way: 'plain' | 'stream', body: object): Promise<string> {
  if (way === 'stream') return (await api.stream(body)).text;
  return ((await api.call('POST', '/api/chat', body)).body as { reply: string }).reply;
}

describe.each(PICKY_SERVERS)('a server of $name', (server) => {
  test('answers, and needs one request from the second turn on', async () => {
    upstream.behave(picky(server, 'Hello'));
    const session_id = await sessionWithMemory();
    const { name: model, requestCount, known } = server;
    let expected = requestCount;
    for (const way of ['stream', 'plain'] as const)
      for (const session of [{ session_id }, {}]) {
        expect(await replyTo(way, { message: 'hi', model, ...session })).toBe('Hello');
        expect(upstream.requests).toHaveLength(expected);
        const body = upstream.requests.at(-1)?.body;
        expect(body && known(body)).toBe(true);
        expected += 1;
      }
    const remembered = upstream.requests.filter(({ body }) =>
      body.messages[0]?.content.includes('\n\nSession memory (pinned): - likes tea'),
    );
    expect(remembered.length).toBeGreaterThanOrEqual(2);
  });
});

test('the prompt has one system message: instructions, a blank line, memory', async () => {
  await replyTo('stream', { message: 'hi', session_id: await sessionWithMemory() });
  expect(prompt()).toEqual([
    {
      role: 'system',
      content: 'You are a helpful assistant.\n\nSession memory (pinned): - likes tea',
    },
    { role: 'user', content: 'hi' },
  ]);
});

test('a message that was stopped before its reply is joined with the next one', async () => {
  const session_id = await api.createSession();
  upstream.behave(hang, answer('Hello'));
  const turn = crypto.randomUUID();
  const stopped = api.stream({ message: 'first', session_id }, { 'X-Request-ID': turn });
  await expect.poll(() => upstream.requests.length).toBe(1);
  await api.call('DELETE', `/api/chat/stream/${turn}`);
  await stopped;
  await replyTo('stream', { message: 'second', session_id });
  expect(prompt().slice(1)).toEqual([{ role: 'user', content: 'first\n\nsecond' }]);
});

test('messages appended out of order are all in the prompt, with alternating roles', async () => {
  const session_id = await api.createSession();
  await append(session_id, 'assistant', 'welcome');
  await append(session_id, 'user', 'fact one');
  await append(session_id, 'user', 'fact two');
  await replyTo('plain', { message: 'third', session_id });
  expect(prompt().slice(1)).toEqual([
    { role: 'user', content: 'Earlier you said:\n\nwelcome\n\nfact one\n\nfact two\n\nthird' },
  ]);
});

test('a field that one model refuses is still sent to another', async () => {
  const [server] = PICKY_SERVERS.filter(({ name }) => name === 'no-stream-options');
  if (!server) throw new Error('no such server');
  upstream.behave(picky(server, 'Hello'));
  for (const model of ['first', 'first', 'second'])
    await replyTo('plain', { message: 'hi', model });
  expect(upstream.requests.map(({ body }) => [body.model, 'stream_options' in body])).toEqual([
    ['first', true],
    ['first', false],
    ['first', false],
    ['second', true],
    ['second', false],
  ]);
});

test('a refusal that names no field changes nothing for the next message', async () => {
  upstream.behave(status(400, { error: { message: 'x' } }), answer('Hello'));
  expect(await replyTo('plain', { message: 'hi', model: 'third' })).toBe('Hello');
  await replyTo('plain', { message: 'hi', model: 'third' });
  expect(upstream.requests.map(({ body }) => 'stream_options' in body)).toEqual([
    true,
    false,
    true,
  ]);
});

test('a refusal with another reason is not retried', async () => {
  upstream.behave(status(400, { error: { code: 'model_not_found', message: 'x' } }));
  await api.call('POST', '/api/chat', { message: 'hi' });
  expect(upstream.requests).toHaveLength(1);
});

describe('OPENAI_BASE_URL as operators write it', () => {
  test('works without /v1, with user and password, and in quotes', async () => {
    const wanted = `Basic ${Buffer.from('user:pw').toString('base64')}`;
    upstream.behave((response, request) => {
      const isThere = request.path === '/v1/chat/completions' && request.authorization === wanted;
      const isModel = request.body.model === 'gem-x';
      return (isThere && isModel ? answer('Hello') : status(404, {}))(response, request);
    });
    upstream.behaveListing((requestCount) =>
      requestCount === '/v1/models' ? [200, [{ name: 'sora-2' }, { name: 'gem-x' }]] : [404, {}],
    );
    const { host } = new URL(upstream.url);
    const fresh = await deployment.start({
      OPENAI_BASE_URL: `"http://user:pw@${host}"`,
      UPSTREAM_HEADERS: 'X-Team: chat',
    });
    expect(await fresh.api.stream({ message: 'hi' })).toMatchObject({ text: 'Hello' });
    expect(upstream.requests.map(({ path: requestCount }) => requestCount)).toEqual([
      '/chat/completions',
      '/v1/chat/completions',
    ]);
    expect(upstream.requests[1]?.headers).toMatchObject({ 'x-team': 'chat' });
    expect((await fresh.api.call('GET', '/api/models')).body).toMatchObject({
      models: [{ id: 'gem-x' }],
      default: 'gem-x',
      demo: false,
    });
    expect(fresh.lines.join('\n')).not.toContain('pw');
    expect(fresh.logged()).toContainEqual(
      expect.objectContaining({ event: 'upstream.version_found' }),
    );
  });

  test('is refused at start if invalid, by name and without its value', async () => {
    const failed = await deployment
      .start({ OPENAI_BASE_URL: 'secret-host:11434/v1', UPSTREAM_HEADERS: 'secret' })
      .catch(String);
    expect(failed).toContain('  OPENAI_BASE_URL must be an http or https address such as http://');
    expect(failed).toContain('  UPSTREAM_HEADERS must be name: value pairs');
    expect(failed).not.toContain('secret');
  });
});

test('without a list the original’s model names are offered, and the log has the reason', async () => {
  upstream.behaveListing(() => [404, {}]);
  const { api: client, logged } = await deployment.start();
  expect((await client.call('POST', '/api/chat', { message: 'hi' })).body).toMatchObject({
    reply: 'Hello from upstream',
  });
  expect(upstream.requests[0]?.body.model).toBe('gpt-3.5-turbo');
  expect((await client.call('POST', '/api/chat', { message: 'hi', model: 'x' })).status).toBe(400);
  expect(logged()).toContainEqual(
    expect.objectContaining({
      event: 'models.list_failed',
      cause: expect.stringContaining('status 404'),
    }),
  );
});

test.skipIf(OPENSSL === null)(
  'through a proxy, a private authority in .env is trusted, and compressed responses are read (needs openssl)',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-tls-'));
    for (const part of ['.next', 'node_modules', 'drizzle', 'next.config.mjs', 'package.json'])
      symlinkSync(path.resolve(part), path.join(folder, part));
    const name = 'model.field.test';
    const files = privateCertificate(folder, name);
    const [key, cert] = [readFileSync(files.key), readFileSync(files.cert)];
    const server = createServer({ key, cert }, (request, response) => {
      request.resume();
      if (request.method === 'GET') {
        const head = { 'content-type': 'application/json', 'content-encoding': 'br' };
        response.writeHead(200, head).end(brotliCompressSync('{"models":[{"name":"packed"}]}'));
        return;
      }
      const head = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' };
      response.writeHead(200, head).end(gzipSync(token('Hello') + FINISH + DONE));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const proxy = await startOutgoingProxy((server.address() as AddressInfo).port);
    // A name that only the proxy knows.
    writeFileSync(
      path.join(folder, '.env'),
      `NODE_EXTRA_CA_CERTS=${files.cert}\nHTTPS_PROXY=${proxy.url}\nOPENAI_BASE_URL=https://${name}/v1\n`,
    );
    const place = await SQLITE.empty();
    const running = await startApp(
      { DATABASE_URI: place.uri, API_KEYS, CHAT_MEMORY_ENABLED: 'false' },
      folder,
    );
    const client = apiClient(running.url);
    expect((await client.stream({ message: 'hi', model: 'packed' })).text).toBe('Hello');
    expect(proxy.asked).toContain(`CONNECT ${name}:443`);
    await running.stop('SIGKILL');
    proxy.close();
    server.close();
    server.closeAllConnections();
    await place.remove();
    rmSync(folder, { recursive: true });
  },
);
