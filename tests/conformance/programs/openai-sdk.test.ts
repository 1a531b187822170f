/** What programs with OpenAI's SDK get, against the built program. */
import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';
import { assert, expect, test } from 'vitest';
import { OTHER_KEY } from '../../programs/api-client';
import type { Deployment, Instance } from '../../programs/deployment';
import { rawly } from '../../programs/raw-request';
import {
  cutAfter,
  finish,
  hang,
  openStream,
  raw,
  status,
  thought,
  token,
  DONE,
  FINISH,
  USAGE,
} from '../../upstream/upstream';
import { ask, clientOf, givenSdk, KEY } from './given-sdk';

let deployment: Deployment;
let app: Instance;
let client: OpenAI;
givenSdk((given) => {
  ({ deployment, app, client } = given);
});

const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };

test('a completion has the text, the tokens and the request id', async () => {
  const { data, request_id: id } = await client.chat.completions.create(ask).withResponse();
  expect(data).toMatchObject({
    id: `chatcmpl-${String(id)}`,
    object: 'chat.completion',
    model: 'gpt-4',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Hello from upstream', refusal: null },
        finish_reason: 'stop',
      },
    ],
    usage,
  });
  // Written when the response has ended, which may be after the client has read it.
  await expect
    .poll(() => app.logged())
    .toContainEqual(
      expect.objectContaining({
        event: 'http.access',
        route: '/v1/chat/completions',
        request_id: id,
      }),
    );
});

test('a stream begins with the role, ends with the reason, the tokens and [DONE]', async () => {
  deployment.upstream.behave(raw(thought('plan'), token('Hel'), token('lo'), FINISH, USAGE, DONE));
  const stream = await client.chat.completions.create({
    ...ask,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const deltas = chunks.map(({ choices }) => choices[0]?.delta ?? {});
  expect(deltas[0]).toEqual({ role: 'assistant', content: '' });
  const join = (name: 'content' | 'reasoning_content') =>
    deltas.map((delta) => (delta as Record<string, string>)[name] ?? '').join('');
  expect([join('content'), join('reasoning_content')]).toEqual(['Hello', 'plan']);
  expect(chunks.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage });
  expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);

  const bare = await app.api.fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...ask, stream: true }),
  });
  expect(bare.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const text = await bare.text();
  expect(text).toMatch(/data: \[DONE\]\n\n$/);
  expect(text).not.toContain('usage');
});

test('the stream helper of the SDK puts the completion together', async () => {
  const run = client.chat.completions.stream(ask);
  expect(await run.finalContent()).toBe('Hello from upstream');
  expect((await run.finalChatCompletion()).choices[0]?.finish_reason).toBe('stop');
});

test.each([
  ['length', 'length'],
  ['content_filter', 'content_filter'],
  ['tool_calls', 'stop'],
  ['stop', 'stop'],
])('an upstream that ends with %s ends with %s', async (reason, expected) => {
  for (const words of [[token('some')], []]) {
    deployment.upstream.behave(raw(...words, finish(reason), DONE));
    const { choices } = await client.chat.completions.create(ask);
    expect([choices[0]?.message.content, choices[0]?.finish_reason]).toEqual([
      words.length > 0 ? 'some' : '',
      expected,
    ]);
  }
});

test.each([
  [
    status(429, { error: { message: 'slow' } }, { 'retry-after': '60' }),
    429,
    'rate_limit_exceeded',
  ],
  [status(401), 500, 'upstream_key'],
  [status(404, { error: { code: 'model_not_found' } }), 404, 'model_not_found'],
  [
    status(400, { error: { code: 'context_length_exceeded', message: 'too long' } }),
    400,
    'context_length_exceeded',
  ],
])('an upstream’s refusal has its status, plain and streamed', async (behaviour, code, name) => {
  deployment.upstream.behave(behaviour);
  const error = { status: code, code: name };
  await expect(client.chat.completions.create(ask)).rejects.toMatchObject(error);
  await expect(client.chat.completions.create({ ...ask, stream: true })).rejects.toMatchObject(
    error,
  );
});

test('a stream that breaks off ends with an error', async () => {
  deployment.upstream.behave(cutAfter('Half'));
  const stream = await client.chat.completions.create({ ...ask, stream: true });
  let text = '';
  const read = async () => {
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  };
  await expect(read()).rejects.toThrow(OpenAI.APIError);
  expect(text).toBe('Half');
  deployment.upstream.behave(cutAfter('Half'));
  await expect(client.chat.completions.create(ask)).rejects.toMatchObject({ status: 502 });
});

test('a client that leaves before the first word closes the upstream', async () => {
  deployment.upstream.behave(hang);
  const leaving = new AbortController();
  const { signal } = leaving;
  const sending = client.chat.completions.create({ ...ask, stream: true }, { signal });
  const left = sending.catch((error: unknown) => error);
  await expect.poll(() => deployment.upstream.requests.length).toBe(1);
  leaving.abort();
  expect(await left).toBeInstanceOf(OpenAI.APIUserAbortError);
  await deployment.upstream.requests[0]?.closed;
});

test('a client that leaves after a word closes the upstream', async () => {
  deployment.upstream.behave((response) => void openStream(response).write(token('One')));
  const stream = await client.chat.completions.create({ ...ask, stream: true });
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content === 'One') break;
  expect(deployment.upstream.requests).toHaveLength(1);
  await deployment.upstream.requests[0]?.closed;
});

test('an Idempotency-Key joins the same turn, also streamed; another body is a 422', async () => {
  const headers = { 'Idempotency-Key': randomUUID() };
  const first = await client.chat.completions.create(ask, { headers });
  const again = await client.chat.completions.create(ask, { headers });
  expect([again.id, again.choices]).toEqual([first.id, first.choices]);
  const stream = client.chat.completions.stream(ask, { headers });
  expect(await stream.finalContent()).toBe('Hello from upstream');
  expect(deployment.upstream.requests).toHaveLength(1);
  const other = client.chat.completions.create({ ...ask, seed: 1 }, { headers });
  await expect(other).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' });
});

test('the models are listed, and each is found', async () => {
  const models = [];
  for await (const { id } of client.models.list()) models.push(id);
  expect(models).toContain('gpt-4');
  expect(await client.models.retrieve('gpt-4')).toMatchObject({ id: 'gpt-4', object: 'model' });
  await expect(client.models.retrieve('meta/other')).rejects.toMatchObject({
    status: 404,
    code: 'model_not_found',
  });
  const unknown = client.chat.completions.create({ ...ask, model: 'gpt-9' });
  await expect(unknown).rejects.toMatchObject({ status: 404, param: 'model' });
});

test('a foreign host is a 421 in this shape', async () => {
  const { body, status: code } = await rawly(app.url, '/v1/models', { Host: 'other.example' });
  expect(code).toBe(421);
  expect(JSON.parse(body)).toMatchObject({ error: { code: 'misdirected', param: null } });
});

test('errors of every layer have the shape of these routes, and only of these', async () => {
  await expect(clientOf(app, 'not-a-key').models.list()).rejects.toMatchObject({
    status: 401,
    code: 'invalid_api_key',
  });
  const shape = { error: { message: expect.any(String), type: expect.any(String), param: null } };
  const tried = [
    ['GET', '/v1/embeddings', 404],
    ['GET', '/v1', 404],
    ['GET', '/v1/chat/completions', 405],
    ['PROPFIND', '/v1/models', 405],
    ['POST', '/v1/%', 400],
  ] as const;
  for (const [method, path, code] of tried) {
    const response = await app.api.fetch(path, { method });
    expect([path, response.status]).toEqual([path, code]);
    expect(await response.json()).toMatchObject(shape);
    expect(response.headers.get('x-request-id')).not.toBeNull();
  }
  const large = 'x'.repeat(2_000_000);
  const tooLarge = await app.api.call('POST', '/v1/chat/completions', { ...ask, user: large });
  expect([tooLarge.status, tooLarge.body]).toMatchObject([413, shape]);
  const other = await app.api.call('GET', '/api/none');
  expect(other.body).toMatchObject({ error: 'Not Found', code: 404 });
});

test('over the rate limit the SDK waits as told, and its retry succeeds', async () => {
  const limited = await deployment.start({ CHAT_RATE_LIMIT: '1/second' });
  const patient = new OpenAI({ baseURL: `${limited.url}/v1`, apiKey: KEY, maxRetries: 5 });
  const both = [patient.chat.completions.create(ask), patient.chat.completions.create(ask)];
  for (const { choices } of await Promise.all(both)) expect(choices).toHaveLength(1);
  const bare = clientOf(limited, OTHER_KEY);
  const tried = await Promise.allSettled([1, 2, 3].map(() => bare.chat.completions.create(ask)));
  const [refused] = tried.filter((each) => each.status === 'rejected');
  assert(refused);
  expect(refused.reason).toMatchObject({
    status: 429,
    code: 'rate_limit_exceeded',
    type: 'rate_limit_error',
  });
  const { headers } = refused.reason as { headers: Headers };
  expect(headers.get('retry-after')).toMatch(/^[1-9]$/);
  await limited.stop('SIGKILL');
});
