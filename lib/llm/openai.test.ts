import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { KEY, upstreamFailure } from '@/tests/upstream/model-client';
import {
  answer,
  redirectTo,
  startUpstream,
  status,
  type Upstream,
} from '@/tests/upstream/upstream';
import { openaiModel } from './openai';
import { textListener } from '@/tests/setup/text-listener';

const limits = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 2_000_000 };
let upstream: Upstream;
let other: Upstream;

beforeAll(async () => {
  upstream = await startUpstream();
  other = await startUpstream();
});
afterAll(async () => {
  await upstream.close();
  await other.close();
});

async function send(signal = new AbortController().signal, baseUrl = upstream.url) {
  const pieces: string[] = [];
  const model = openaiModel({ apiKey: KEY, baseUrl, ...limits });
  const messages = [{ role: 'user', content: 'hi' }] as const;
  const result = model.stream({
    requestId: 'r',
    model: 'm',
    messages,
    signal,
    onEvent: textListener((text) => pieces.push(text)),
  });
  const settled = await result.then(
    (answered) => ({ ...answered, error: null }),
    (error: unknown) => ({ usage: null, finish: null, error }),
  );
  return { ...settled, text: pieces.join('') };
}

/** An upstream of one test, and one model that asks it as often as the test likes. */
async function startStreaming() {
  const own = await startUpstream();
  onTestFinished(() => own.close());
  const model = openaiModel({ apiKey: KEY, baseUrl: own.url, ...limits });
  const { signal } = new AbortController();
  const request = { requestId: 'r', model: 'm', messages: [], signal, onEvent: textListener() };
  const stream = (more: { maxTokens?: number } = {}) => model.stream({ ...request, ...more });
  return { upstream: own, stream };
}

test('a whole answer gives its text and its usage', async () => {
  upstream.behave(answer('Hello you there'));
  expect(await send()).toMatchObject({
    text: 'Hello you there',
    error: null,
    usage: { total_tokens: 10 },
  });
  expect(upstream.requests.at(-1)).toMatchObject({
    authorization: `Bearer ${KEY}`,
    body: { model: 'm', stream: true, stream_options: { include_usage: true } },
  });
});

test('connections are used again for the next answers', async () => {
  const { upstream: fresh } = await startStreaming();
  for (let n = 0; n < 8; n += 1) await send(undefined, fresh.url);
  // Not exactly one: a request in the same tick may find the connection not yet idle.
  expect(new Set(fresh.requests.map(({ connection }) => connection)).size).toBeLessThan(3);
});

test('a refused connection is unreachable', async () => {
  const gone = await startUpstream();
  await gone.close();
  expect(await send(undefined, gone.url)).toMatchObject({ error: upstreamFailure('unreachable') });
});

test('a redirect is not followed, so the other server never receives the prompt', async () => {
  upstream.behave(redirectTo(`${other.url}/chat/completions`));
  expect(await send()).toMatchObject({ error: upstreamFailure('refused') });
  expect(other.requests).toEqual([]);
});

test('aborting closes the upstream connection', async () => {
  upstream.behave(answer('a long answer that goes on', { pauseMs: 100 }));
  const controller = new AbortController();
  const response = send(controller.signal);
  await expect.poll(() => upstream.requests.at(-1)?.body.messages[0]?.content).toBe('hi');
  const { closed } = upstream.requests.at(-1) ?? {
    closed: Promise.reject(new Error('no request')),
  };
  controller.abort();
  await closed;
  expect((await response).error).toBeInstanceOf(DOMException);
});

test.each([
  [400, { error: { message: 'unknown field stream_options' } }],
  [422, { detail: [{ loc: ['body', 'stream_options'] }] }],
])(
  'a server that refuses stream_options with %i gets requests without it from then on',
  async (code, body) => {
    const { upstream: picky, stream } = await startStreaming();
    picky.behave((response, request) =>
      (request.body.stream_options ? status(code, body) : answer('hi'))(response, request),
    );
    await stream();
    await stream();
    expect(picky.requests).toHaveLength(3);
  },
);

test('usage is requested again from a server that refused the request for another reason', async () => {
  const { upstream: strict, stream } = await startStreaming();
  strict.behave(status(400), status(400), answer('hi'));
  await expect(stream()).rejects.toMatchObject(upstreamFailure('refused'));
  expect(await stream()).toMatchObject({ usage: { total_tokens: 10 } });
});

test('the reply limit is sent, under the other name where a server demands it, and once', async () => {
  const { upstream: newer, stream } = await startStreaming();
  newer.behave((response, request) =>
    (request.body.max_tokens === undefined
      ? answer('hi')
      : status(400, {
          error: { message: "Use 'max_completion_tokens' instead of 'max_tokens'." },
        }))(response, request),
  );
  await stream({ maxTokens: 50 });
  await stream({ maxTokens: 50 });
  await stream();
  expect(newer.requests.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
    [50, undefined],
    [undefined, 50],
    [undefined, 50],
    [undefined, undefined],
  ]);
});

test('a server that refuses both names gets three requests and no more', async () => {
  const { upstream: strict, stream } = await startStreaming();
  strict.behave(status(400, { error: { message: 'max_tokens? max_completion_tokens? No.' } }));
  await expect(stream({ maxTokens: 50 })).rejects.toMatchObject(upstreamFailure('refused'));
  expect(strict.requests).toHaveLength(3);
});
