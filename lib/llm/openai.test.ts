import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answer,
  cutAfter,
  DONE,
  endless,
  endlessPacked,
  FINISH,
  finish,
  hang,
  html,
  openStream,
  raw,
  redirectTo,
  stallAfter,
  startUpstream,
  status,
  token,
  USAGE,
  type Behaviour,
  type Upstream,
} from '@/tests/upstream/upstream';
import { openaiModel } from './openai';

const KEY = 'sk-very-secret-key';
const limits = { timeoutMs: 300, idleTimeoutMs: 150, bytesMax: 2_000_000 };
/** For an upstream that is busy all the time, on a machine that may be too. */
const patient = { ...limits, timeoutMs: 30_000, idleTimeoutMs: 30_000 };
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

async function ask(signal = new AbortController().signal, baseUrl = upstream.url, within = limits) {
  const pieces: string[] = [];
  const model = openaiModel({ apiKey: KEY, baseUrl, ...within });
  const messages = [{ role: 'user', content: 'hi' }] as const;
  const result = model.stream({
    requestId: 'r',
    model: 'm',
    messages,
    signal,
    onText: (text) => pieces.push(text),
  });
  const settled = await result.then(
    (answered) => ({ ...answered, error: null }),
    (error: unknown) => ({ usage: null, finish: null, error }),
  );
  return { ...settled, text: pieces.join(''), pieces };
}
const upstreamFailure = (reason: string) => ({ failure: { kind: 'upstream', reason } });

test('a whole answer gives its text and its usage', async () => {
  upstream.behave(answer('Hello you there'));
  expect(await ask()).toMatchObject({
    text: 'Hello you there',
    error: null,
    usage: { total_tokens: 10 },
  });
  expect(upstream.requests.at(-1)).toMatchObject({
    authorization: `Bearer ${KEY}`,
    body: { model: 'm', stream: true, stream_options: { include_usage: true } },
  });
});

test('a stream cut into single bytes gives the same text, whole characters only', async () => {
  const whole = `\uFEFF: hello\r\n\r\n${token('häl')}${token('😀 lo').replaceAll('\n', '\r\n')}${FINISH}${DONE}`;
  const bytes = new TextEncoder().encode(whole);
  upstream.behave(raw(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
  const { text, pieces, error } = await ask();
  expect({ text, error }).toEqual({ text: 'häl😀 lo', error: null });
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
});

test('a character that is split over two tokens arrives in one piece', async () => {
  upstream.behave(raw(token('\ud83d'), token('\ude00!'), FINISH, DONE));
  expect(await ask()).toMatchObject({ pieces: ['😀!'], error: null });
});

function stallWith(text: string): Behaviour {
  return (response) => void openStream(response).write(text);
}

function breakWith(text: string): Behaviour {
  return (response) => {
    openStream(response).write(text);
    // Not before the text has left: the connection is to break after it.
    setTimeout(() => response.destroy(), 20);
  };
}

function thought(text: string): string {
  const delta = { reasoning_content: text, content: [{ type: 'thinking', thinking: text }] };
  return `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;
}

const WHOLE: readonly (readonly [string, Behaviour])[] = [
  ['without [DONE]', raw(token('hi'), FINISH)],
  ['without a finish reason', raw(token('hi'), DONE)],
  ['without a blank line at the end', raw(token('hi'), 'data: [DONE]')],
  ['with a bad chunk in the middle', raw(token('h'), 'data: {oops\n\n', token('i'), FINISH, DONE)],
  ['with U+0000 in the text', raw(token('h\u0000i'), FINISH, DONE)],
  [
    'as one JSON completion',
    status(200, { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] }),
  ],
  [
    'on a connection that stays open',
    (response) => void openStream(response).write(token('hi') + FINISH + USAGE + DONE),
  ],
  ['that never says [DONE] nor closes', stallWith(token('hi') + FINISH)],
  ['whose connection breaks after its end', breakWith(token('hi') + FINISH)],
  ['that has parts other than text', raw(thought('hm'), token('hi'), FINISH, DONE)],
];

test.each(WHOLE)('an answer %s is whole', async (_, behaviour) => {
  upstream.behave(behaviour);
  expect(await ask()).toMatchObject({ text: 'hi', error: null });
});

test.each([
  ['a 401', status(401, { error: { message: `bad key ${KEY}` } }), 'refused'],
  ['a 400', status(400), 'refused'],
  ['a 408', status(408), 'timeout'],
  ['a 429', status(429), 'limited'],
  ['a 500', status(500), 'failing'],
  ['an HTML page', html, 'broken'],
  ['a stream of nothing', raw(''), 'broken'],
  ['a stream of rubbish', raw('data: {oops\n\n'), 'broken'],
  ['an error inside the stream', raw('data: {"error":{"message":"boom"}}\n\n'), 'failing'],
  ['a cut before the first token', raw(token('')), 'unreachable'],
  ['no answer at all', hang, 'timeout'],
  ['a stream that stalls', stallAfter(), 'timeout'],
] as const)('%s is an upstream failure', async (_, behaviour, reason) => {
  upstream.behave(behaviour);
  const { error, text } = await ask();
  expect(error).toMatchObject(upstreamFailure(reason));
  expect(text).toBe('');
});

test('what the upstream said of the key is nowhere in the error', async () => {
  upstream.behave(status(401, { error: { message: `bad key ${KEY}` } }));
  const { error } = await ask();
  const told =
    JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause);
  expect(told).toContain('status 401');
  expect(told).not.toContain(KEY);
  expect(told).not.toContain('bad key');
});

test('a cut or a stall after some text rejects, and the text was delivered', async () => {
  upstream.behave(cutAfter('Once', ' upon'));
  expect(await ask()).toMatchObject({ text: 'Once upon', error: upstreamFailure('unreachable') });
  upstream.behave(stallAfter('Once', ' upon'));
  expect(await ask()).toMatchObject({ text: 'Once upon', error: upstreamFailure('timeout') });
});

test('text that comes in one piece with an error is delivered before it rejects', async () => {
  upstream.behave(raw(`${token('Once')}data: {"error":{"type":"server_error"}}\n\n`));
  const { text, error } = await ask();
  expect(text).toBe('Once');
  expect(error).toMatchObject(upstreamFailure('failing'));
  expect(String((error as Error).cause)).toContain('server_error');
});

test('an error is not undone by an end that comes in one piece with it', async () => {
  const error = 'data: {"error":{"type":"server_error"},"choices":[{"finish_reason":"error"}]}\n\n';
  upstream.behave(raw(token('Once') + error + DONE));
  expect(await ask()).toMatchObject({ text: 'Once', error: upstreamFailure('failing') });
});

test('an upstream that shows signs of life and says no word is given up, later than a silent one', async () => {
  upstream.behave(async (response) => {
    openStream(response).write(token('Once'));
    while (!response.destroyed) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.write(': working\n\n');
    }
  });
  const startedAt = performance.now();
  expect(await ask()).toMatchObject({ text: 'Once', error: upstreamFailure('timeout') });
  expect(performance.now() - startedAt).toBeGreaterThan(1000);
});

test('a 429 for want of money is a refusal, since waiting does not help', async () => {
  upstream.behave(status(429, { error: { code: 'insufficient_quota' } }));
  const { error } = await ask();
  expect(error).toMatchObject(upstreamFailure('refused'));
  expect(String((error as Error).cause)).toContain('status 429 insufficient_quota');
});

test('an answer that is given up closes its connection', async () => {
  upstream.behave((response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<html>');
  });
  expect((await ask()).error).toMatchObject(upstreamFailure('broken'));
  await upstream.requests.at(-1)?.closed;
});

test('connections are used again for the next answers', async () => {
  const fresh = await startUpstream();
  for (let n = 0; n < 8; n += 1) await ask(undefined, fresh.url);
  // Not one: a request that follows in the same tick may find the connection still closing its books.
  expect(new Set(fresh.requests.map(({ connection }) => connection)).size).toBeLessThan(3);
  await fresh.close();
});

test.each([
  [500, 'text/plain', 'failing'],
  [200, 'application/json', 'broken'],
  [200, 'text/plain', 'broken'],
])('a %i as %s without an end fills no memory', async (code, type, reason) => {
  let sent = 0;
  upstream.behave(async (response) => {
    response.writeHead(code, { 'content-type': type });
    while (!response.destroyed && sent < 64e6) {
      sent += 1e6;
      const taken = response.write('x'.repeat(1e6));
      if (!taken) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  });
  const { error } = await ask(undefined, undefined, patient);
  expect(error).toMatchObject(upstreamFailure(reason));
  await upstream.requests.at(-1)?.closed;
  expect(sent).toBeLessThan(32e6);
});

test('an upstream that is not there is unreachable', async () => {
  const gone = await startUpstream();
  await gone.close();
  expect(await ask(undefined, gone.url)).toMatchObject({ error: upstreamFailure('unreachable') });
});

test('Retry-After is read in seconds and as a date', async () => {
  upstream.behave(status(429, {}, { 'retry-after': '7' }));
  expect((await ask()).error).toMatchObject({ failure: { retryAfterSeconds: 7 } });
  const soon = new Date(Date.now() + 5000).toUTCString();
  upstream.behave(status(503, {}, { 'retry-after': soon }));
  const { error } = await ask();
  expect(error).toMatchObject({ failure: { reason: 'failing' } });
  const { retryAfterSeconds } = (error as { failure: { retryAfterSeconds: number } }).failure;
  expect(retryAfterSeconds).toBeGreaterThan(2);
  expect(retryAfterSeconds).toBeLessThanOrEqual(5);
});

test('a redirect to another server is refused, and that server never sees the prompt', async () => {
  upstream.behave(redirectTo(`${other.url}/chat/completions`));
  expect(await ask()).toMatchObject({ error: upstreamFailure('refused') });
  expect(other.requests).toEqual([]);
});

test('aborting closes the upstream connection', async () => {
  upstream.behave(answer('a long answer that goes on', { pauseMs: 100 }));
  const controller = new AbortController();
  const asked = ask(controller.signal);
  await expect.poll(() => upstream.requests.at(-1)?.body.messages[0]?.content).toBe('hi');
  const { closed } = upstream.requests.at(-1) ?? {
    closed: Promise.reject(new Error('no request')),
  };
  controller.abort();
  await closed;
  expect((await asked).error).toBeInstanceOf(DOMException);
});

test.each([
  [400, { error: { message: 'unknown field stream_options' } }],
  [422, { detail: [{ loc: ['body', 'stream_options'] }] }],
])(
  'a server that refuses by %i to be asked for usage is asked without it from then on',
  async (code, body) => {
    const picky = await startUpstream();
    picky.behave((response, request) =>
      (request.body.stream_options ? status(code, body) : answer('hi'))(response, request),
    );
    const model = openaiModel({ apiKey: KEY, baseUrl: picky.url, ...limits });
    const signal = new AbortController().signal;
    const request = { requestId: 'r', model: 'm', messages: [], signal, onText: () => undefined };
    await model.stream(request);
    await model.stream(request);
    expect(picky.requests).toHaveLength(3);
    await picky.close();
  },
);

test('a server that refuses the request for another reason is asked for usage the next time', async () => {
  const strict = await startUpstream();
  strict.behave(status(400), status(400), answer('hi'));
  const model = openaiModel({ apiKey: KEY, baseUrl: strict.url, ...limits });
  const signal = new AbortController().signal;
  const request = { requestId: 'r', model: 'm', messages: [], signal, onText: () => undefined };
  await expect(model.stream(request)).rejects.toMatchObject(upstreamFailure('refused'));
  expect(await model.stream(request)).toMatchObject({ usage: { total_tokens: 10 } });
  await strict.close();
});

test.each([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['content_filter', 'filter'],
  ['stop', 'stop'],
  ['eos', 'stop'],
])('a reply that ends by %s has ended by %s', async (reason, expected) => {
  upstream.behave(raw(token('half a'), finish(reason), USAGE, DONE));
  expect(await ask()).toMatchObject({
    finish: expected,
    text: 'half a',
    usage: { total_tokens: 10 },
  });
  upstream.behave(
    status(200, { choices: [{ message: { content: 'half a' }, finish_reason: reason }] }),
  );
  expect(await ask()).toMatchObject({ finish: expected, text: 'half a' });
});

test('the longest reply is asked for, by the other name where a server says so, and once', async () => {
  const newer = await startUpstream();
  newer.behave((response, request) =>
    (request.body.max_tokens === undefined
      ? answer('hi')
      : status(400, {
          error: { message: "Use 'max_completion_tokens' instead of 'max_tokens'." },
        }))(response, request),
  );
  const model = openaiModel({ apiKey: KEY, baseUrl: newer.url, ...limits });
  const signal = new AbortController().signal;
  const request = { requestId: 'r', model: 'm', messages: [], signal, onText: () => undefined };
  await model.stream({ ...request, maxTokens: 50 });
  await model.stream({ ...request, maxTokens: 50 });
  await model.stream(request);
  expect(newer.requests.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
    [50, undefined],
    [undefined, 50],
    [undefined, 50],
    [undefined, undefined],
  ]);
  await newer.close();
});

test('a server that refuses both names is asked three times and no more', async () => {
  const strict = await startUpstream();
  strict.behave(status(400, { error: { message: 'max_tokens? max_completion_tokens? No.' } }));
  const model = openaiModel({ apiKey: KEY, baseUrl: strict.url, ...limits });
  const signal = new AbortController().signal;
  const request = { requestId: 'r', model: 'm', messages: [], signal, onText: () => undefined };
  await expect(model.stream({ ...request, maxTokens: 50 })).rejects.toMatchObject(
    upstreamFailure('refused'),
  );
  expect(strict.requests).toHaveLength(3);
  await strict.close();
});

const ENDLESS: readonly (readonly [string, Behaviour])[] = [
  ['comments', endless(': waiting\n\n')],
  ['empty pieces', endless('data: {"choices":[{"delta":{}}]}\n\n')],
  ['one line', endless('x')],
  ['one event', endless('data: x\n')],
  ['text', endless(token('again '))],
  ['packed comments', endlessPacked(': waiting\n\n')],
  ['packed text', endlessPacked(token('again '))],
  ['one packed line', endlessPacked('x')],
];

test.each(ENDLESS)(
  'an answer of %s without an end is given up, and closed',
  async (_, behaviour) => {
    upstream.behave(behaviour);
    expect((await ask()).error).toMatchObject(upstreamFailure('broken'));
    await upstream.requests.at(-1)?.closed;
  },
);

test.each([
  ['comments', endless(': waiting\n\n')],
  ['text', endless(token('again '))],
])('a reply that was finished is whole, whatever %s follow without an end', async (_, more) => {
  upstream.behave((response, request) => {
    openStream(response).write(token('hi') + FINISH + DONE);
    response.writeHead = () => response;
    return more(response, request);
  });
  const { text, error } = await ask();
  expect({ begins: text.startsWith('hi'), error }).toEqual({ begins: true, error: null });
  expect(text.length).toBeLessThan(limits.bytesMax);
});
