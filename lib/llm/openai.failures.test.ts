import { expect, test } from 'vitest';
import { SHORT_TIMEOUTS, KEY, modelClient, upstreamFailure } from '@/tests/upstream/model-client';
import {
  cutAfter,
  DONE,
  FINISH,
  hang,
  html,
  openStream,
  raw,
  stallAfter,
  status,
  token,
} from '@/tests/upstream/upstream';
import { openaiModel } from './openai';
import { withRetries } from './retry';

const client = modelClient();

test.each([
  ['a 401', status(401, { error: { message: `bad key ${KEY}` } }), 'key'],
  ['a 400', status(400), 'refused'],
  ['a 408', status(408), 'timeout'],
  ['a 429', status(429), 'limited'],
  ['a 500', status(500), 'failing'],
  ['an HTML page', html, 'broken'],
  ['a stream of nothing', raw(''), 'broken'],
  ['a stream of rubbish', raw('data: {oops\n\n'), 'broken'],
  ['an error inside the stream', raw('data: {"error":{"message":"boom"}}\n\n'), 'failing'],
  ['a cut before the first token', raw(token('')), 'unreachable'],
] as const)('%s is an upstream failure', async (_, behaviour, reason) => {
  client.upstream.behave(behaviour);
  const { error, text } = await client.send();
  expect(error).toMatchObject(upstreamFailure(reason));
  expect(text).toBe('');
});

test.each([
  ['no answer at all', hang, ''],
  ['a stream that stalls', stallAfter(), ''],
  ['a stream that stalls after some text', stallAfter('Once', ' upon'), 'Once upon'],
])('%s times out', async (_, behaviour, said) => {
  client.upstream.behave(behaviour);
  const { error, text } = await client.send(SHORT_TIMEOUTS);
  expect(error).toMatchObject(upstreamFailure('timeout'));
  // Whether the text arrives before the timeout depends on the machine.
  expect(said).toContain(text);
});

test('the error does not contain the key that the upstream quoted', async () => {
  client.upstream.behave(status(401, { error: { message: `bad key ${KEY}` } }));
  const { error } = await client.send();
  const logged =
    JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause);
  expect(logged).toContain('status 401');
  expect(logged).not.toContain(KEY);
  expect(logged).not.toContain('bad key');
});

test('a cut after some text rejects, and the text is delivered', async () => {
  client.upstream.behave(cutAfter('Once', ' upon'));
  expect(await client.send()).toMatchObject({
    text: 'Once upon',
    error: upstreamFailure('unreachable'),
  });
});

test('text in the same piece as an error is delivered before the rejection', async () => {
  client.upstream.behave(raw(`${token('Once')}data: {"error":{"type":"server_error"}}\n\n`));
  const { text, error } = await client.send();
  expect(text).toBe('Once');
  expect(error).toMatchObject(upstreamFailure('failing'));
  expect(String((error as Error).cause)).toContain('server_error');
});

test('an error counts although a finish reason follows in the same piece', async () => {
  const error = 'data: {"error":{"type":"server_error"},"choices":[{"finish_reason":"error"}]}\n\n';
  client.upstream.behave(raw(token('Once') + error + DONE));
  expect(await client.send()).toMatchObject({ text: 'Once', error: upstreamFailure('failing') });
});

test('an upstream that sends heartbeats but no text times out', async () => {
  client.upstream.behave(async (response) => {
    openStream(response).write(token('Once'));
    while (!response.destroyed) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.write(': working\n\n');
    }
  });
  const response = await client.send({ idleTimeoutMs: 150 });
  expect(response).toMatchObject({ text: 'Once', error: upstreamFailure('timeout') });
});

test('a 429 for missing credit is reported as such, since a retry does not help', async () => {
  client.upstream.behave(status(429, { error: { code: 'insufficient_quota' } }));
  const { error } = await client.send();
  expect(error).toMatchObject(upstreamFailure('credit'));
  expect(String((error as Error).cause)).toContain('status 429 insufficient_quota');
});

test('a failed response closes its connection', async () => {
  client.upstream.behave((response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<html>');
  });
  expect((await client.send()).error).toMatchObject(upstreamFailure('broken'));
  await client.upstream.requests.at(-1)?.closed;
});

test('Retry-After is read in seconds and as a date', async () => {
  client.upstream.behave(status(429, {}, { 'retry-after': '7' }));
  expect((await client.send()).error).toMatchObject({ failure: { retryAfterSeconds: 7 } });
  const soon = new Date(Date.now() + 5000).toUTCString();
  client.upstream.behave(status(503, {}, { 'retry-after': soon }));
  const { error } = await client.send();
  expect(error).toMatchObject({ failure: { reason: 'away' } });
  const { retryAfterSeconds } = (error as { failure: { retryAfterSeconds: number } }).failure;
  expect(retryAfterSeconds).toBeGreaterThan(2);
  expect(retryAfterSeconds).toBeLessThanOrEqual(5);
});

test('a connection cut within a thought that is held back is not retried', async () => {
  const { upstream } = client;
  const patient = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 2_000_000 };
  const model = withRetries(openaiModel({ apiKey: KEY, baseUrl: upstream.url, ...patient }), {
    random: () => 0,
    sleep: () => Promise.resolve(),
    ticks: () => 0,
    loadingMs: 0,
  });
  const { signal } = new AbortController();
  let text = '';
  const stream = () =>
    model.stream({
      requestId: 'r',
      model: 'm',
      messages: [],
      signal,
      onEvent: (event) => {
        if (event.kind === 'cut') text = '';
        else if (event.kind === 'text') text += event.text;
      },
    });
  upstream.behave(raw(token('hm'), token('</think>Hi'), FINISH, DONE));
  await stream();
  expect(text).toBe('Hi');
  const before = upstream.requests.length;
  upstream.behave(raw(token('hm'), token(' so')));
  await expect(stream()).rejects.toMatchObject(upstreamFailure('unreachable'));
  expect({ text, requests: upstream.requests.length - before }).toEqual({
    text: 'Hi',
    requests: 1,
  });
});
