import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import manifest from '@/package.json';
import { readEnv } from '@/lib/env';
import { recordingLog } from '@/tests/setup/log';
import {
  answer,
  DONE,
  FINISH,
  html,
  startUpstream,
  status,
  token,
  type Upstream,
} from '@/tests/upstream/upstream';
import { openModels } from '../open-models';
import { textListener } from '@/tests/setup/text-listener';

let upstream: Upstream;
let root: string;
beforeAll(async () => {
  upstream = await startUpstream();
  root = upstream.url.replace(/\/v1$/, '');
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.reset();
});

function open(variables: Record<string, string>) {
  const { log, logged } = recordingLog();
  const { chatModel, catalogue } = openModels(
    readEnv({ BREAKER_THRESHOLD: '99', ...variables }),
    log,
  );
  const send = async () => {
    let text = '';
    await chatModel.stream({
      requestId: 'r',
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      signal: new AbortController().signal,
      onEvent: textListener((piece) => (text += piece)),
    });
    return text;
  };
  return { send, catalogue, logged };
}

const paths = () => upstream.requests.map(({ path }) => path);
const found = { event: 'upstream.version_found' };

/** A server with its API at this prefix, which answers other paths with `elsewhere`. */
function serveAt(prefix: string, elsewhere = status(404, { detail: 'Not Found' })) {
  upstream.behave((response, request) => {
    const there = request.path === `${prefix}/chat/completions`;
    return (there ? answer('hi') : elsewhere)(response, request);
  });
  upstream.behaveListing((path) =>
    path === `${prefix}/models` ? [200, { data: [{ id: 'there' }] }] : [404, {}],
  );
}

test.each([
  ['with 404', status(404, { detail: 'Not Found' })],
  ['with 405', status(405, {})],
  ['with a page', html],
  [
    'with 200 and an error',
    status(200, { error: 'Unexpected endpoint or method. (POST /chat/completions)' }),
  ],
])(
  'a server that answers %s without /v1 is found under /v1, which is then used at once',
  async (_, elsewhere) => {
    serveAt('/v1', elsewhere);
    const { send, logged } = open({ OPENAI_BASE_URL: root });
    expect(await send()).toBe('hi');
    expect(await send()).toBe('hi');
    expect(paths()).toEqual(['/chat/completions', '/v1/chat/completions', '/v1/chat/completions']);
    expect(logged).toMatchObject([found]);
  },
);

test('the list of models is also found under /v1, with one warning', async () => {
  serveAt('/api/v1');
  const { send, catalogue, logged } = open({ OPENAI_BASE_URL: `${root}/api` });
  expect((await catalogue.list()).models).toEqual(['there']);
  expect(await send()).toBe('hi');
  expect(logged).toMatchObject([found]);
});

test('a server with only its list under /v1 is asked in both places', async () => {
  serveAt('');
  upstream.behaveListing((at) => (at === '/v1/models' ? [200, ['there']] : [404, {}]));
  const { send, catalogue } = open({ OPENAI_BASE_URL: root });
  expect((await catalogue.list()).models).toEqual(['there']);
  expect(await send()).toBe('hi');
  expect(paths()).toEqual(['/chat/completions']);
});

test.each(['', '/openai', '/v1', '/v1beta/openai'])(
  'a base URL "%s" is used as it is',
  async (prefix) => {
    serveAt(prefix);
    const { send, logged } = open({ OPENAI_BASE_URL: root + prefix });
    expect(await send()).toBe('hi');
    expect(paths()).toEqual([`${prefix}/chat/completions`]);
    expect(logged).toEqual([]);
  },
);

test('a 404 in both places is returned unchanged, and nothing is remembered', async () => {
  upstream.behave(status(404, { error: { code: 'model_not_found' } }));
  const { send } = open({ OPENAI_BASE_URL: root });
  await expect(send()).rejects.toMatchObject({ failure: { kind: 'upstream' } });
  serveAt('/v1');
  expect(await send()).toBe('hi');
});

test('after a refusal /v1 is not tried', async () => {
  upstream.behave(status(400, { error: 'this model is too large' }));
  await expect(open({ OPENAI_BASE_URL: root }).send()).rejects.toMatchObject({
    failure: { kind: 'upstream', reason: 'refused' },
  });
  expect(paths()).toEqual(['/chat/completions']);
});

test('a base URL with an endpoint path works', async () => {
  const { send } = open({ OPENAI_BASE_URL: `${upstream.url}/chat/completions/` });
  expect(await send()).toBe('Hello from upstream');
  expect(paths()).toEqual(['/v1/chat/completions']);
});

test('the query of the base URL is sent with every request', async () => {
  upstream.behave(answer('hi'));
  const { send } = open({ OPENAI_BASE_URL: `${upstream.url}?api-version=2024-10-21` });
  expect(await send()).toBe('hi');
  expect(paths()).toEqual(['/v1/chat/completions?api-version=2024-10-21']);
});

test('user and password of the base URL are sent as Basic authentication', async () => {
  const { send } = open({ OPENAI_BASE_URL: upstream.url.replace('//', '//user:p%40ss@') });
  await send();
  const expected = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
  expect(upstream.requests[0]?.authorization).toBe(expected);
});

test('without a key no Authorization header is sent', async () => {
  await open({ OPENAI_BASE_URL: upstream.url }).send();
  expect(upstream.requests[0]?.authorization).toBeUndefined();
});

test('a request has our User-Agent, and nothing about the system', async () => {
  await open({ OPENAI_BASE_URL: upstream.url, OPENAI_API_KEY: 'sk-1' }).send();
  const headers = upstream.requests[0]?.headers ?? {};
  expect(headers['user-agent']).toBe(`ask-next/${manifest.version}`);
  expect(headers.authorization).toBe('Bearer sk-1');
  expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([]);
});

test('UPSTREAM_HEADERS are sent, and override others', async () => {
  const UPSTREAM_HEADERS = 'X-Team: chat, authorization: Token t, user-agent: mine/1';
  await open({ OPENAI_BASE_URL: upstream.url, OPENAI_API_KEY: 'sk-1', UPSTREAM_HEADERS }).send();
  expect(upstream.requests[0]?.headers).toMatchObject({
    'x-team': 'chat',
    authorization: 'Token t',
    'user-agent': 'mine/1',
  });
});

test('a 500 without a reason is retried without stream_options', async () => {
  upstream.behave((response, request) =>
    (request.body.stream_options ? status(500, { error: { message: 'x' } }) : answer('hi'))(
      response,
      request,
    ),
  );
  const { send } = open({ OPENAI_BASE_URL: upstream.url });
  for (let n = 0; n < 3; n += 1) expect(await send()).toBe('hi');
  const hadStreamOptions = upstream.requests.map(({ body }) => body.stream_options !== undefined);
  expect(hadStreamOptions).toEqual([true, false, true, false, false]);
});

test.each([
  ['an array', [{ error: { message: 'unknown field stream_options' } }]],
  ['detail', { detail: [{ loc: ['body', 'stream_options'] }] }],
  ['a message at the top', { object: 'error', message: 'stream_options: extra inputs' }],
])('a refusal in %s is understood', async (_, body) => {
  upstream.behave((response, request) =>
    (request.body.stream_options ? status(422, body) : answer('hi'))(response, request),
  );
  const { send } = open({ OPENAI_BASE_URL: upstream.url });
  expect(await send()).toBe('hi');
  expect(await send()).toBe('hi');
  expect(upstream.requests).toHaveLength(3);
});

const EVENTS = token('hi') + FINISH + DONE;
const WHOLE = JSON.stringify({ choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] });

test.each([
  ['gzip', 'text/event-stream', gzipSync(EVENTS)],
  ['br', 'text/event-stream', brotliCompressSync(EVENTS)],
  ['deflate', 'text/event-stream', deflateSync(EVENTS)],
  ['gzip', 'application/json', gzipSync(WHOLE)],
  ['br', 'application/json', brotliCompressSync(WHOLE)],
])('a response compressed by %s as %s is read', async (encoding, type, packed) => {
  upstream.behave((response) => {
    response.writeHead(200, { 'content-type': type, 'content-encoding': encoding }).end(packed);
  });
  for (const OPENAI_BASE_URL of [upstream.url, root])
    expect(await open({ OPENAI_BASE_URL }).send()).toBe('hi');
});

test('a compressed refusal is understood', async () => {
  const said = gzipSync(JSON.stringify({ error: { message: 'unknown field stream_options' } }));
  upstream.behave((response, request) => {
    if (request.body.stream_options === undefined) return answer('hi')(response, request);
    const head = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    response.writeHead(400, head).end(said);
    return undefined;
  });
  expect(await open({ OPENAI_BASE_URL: upstream.url }).send()).toBe('hi');
  expect(upstream.requests).toHaveLength(2);
});
