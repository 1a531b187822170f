import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { RECORDED } from '../../upstream/recorded-answers';
import {
  answer,
  DONE,
  FINISH,
  raw,
  spokenBy,
  status,
  token,
  type Upstream,
} from '../../upstream/upstream';

/** Recorded responses of real upstreams, on the built app. */
let deployment: Deployment;
let upstream: Upstream;
let app: Instance;
let api: ApiClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), {
    OPENAI_API_KEY: 'sk-secret',
    CHAT_MODELS: 'gpt-4',
    CHAT_MEMORY_ENABLED: 'true',
    BREAKER_THRESHOLD: '100000',
  });
  ({ upstream } = deployment);
  app = await deployment.start();
  ({ api } = app);
});
afterAll(() => deployment.remove());
beforeEach(() => {
  upstream.reset();
});

const MESSAGE = { message: 'Tell me' };
const chat = (body: object) => api.call('POST', '/api/chat', { ...MESSAGE, ...body });

/** The log line of the turn's end. */
const ended = (requestId: unknown) =>
  app.logged().find(({ event, request_id }) => event === 'turn.ended' && request_id === requestId);

async function streamed(sessionId: string | null) {
  const { frames, text, last } = await api.stream({ ...MESSAGE, session_id: sessionId });
  const { error = '', state, cut } = last ?? {};
  return { requestId: frames[0]?.request_id, text, error, state, cut };
}

async function plain(sessionId: string | null) {
  const { body } = await chat({ session_id: sessionId });
  const { request_id: requestId, reply: text = '', error = '', cut } = body;
  const { state } = (await api.watch(requestId)).last ?? {};
  return { requestId, text, error, state, cut };
}

test.each(RECORDED)('an upstream that answers $name', async (recorded) => {
  const { text, state, cut, error, cause } = recorded;
  upstream.behave(recorded.answer);
  for (const way of [streamed, plain]) {
    for (const sessionId of [null, await api.createSession()]) {
      const earlier = upstream.requests.length;
      const { requestId, ...got } = await way(sessionId);
      expect(got).toEqual({
        // An error of the plain route has no partial reply.
        text: way === plain && error ? '' : text,
        error: expect.stringMatching(error ?? /^$/),
        state,
        cut,
      });
      expect(upstream.requests.length - earlier, 'nothing is asked again').toBe(1);
      const kept = sessionId === null ? [] : await api.messages(sessionId);
      const reply = sessionId === null || state === 'failed' ? [] : ['Tell me', text];
      expect(kept.map(({ content }) => content)).toEqual(reply);
      await expect.poll(() => ended(requestId)).toMatchObject({ state, model: 'gpt-4' });
      expect(String(ended(requestId)?.['cause'])).toContain(cause ?? '');
    }
  }
  expect(app.lines.join('\n')).not.toMatch(/sk-secret|slow down|prompt is too long/);
});

test('reasoning is in no later prompt, no export and no memory', async () => {
  const session_id = await api.createSession();
  const thought = 'The person seems to like tea. '.repeat(400);
  upstream.behave(raw(token(`<think>${thought}</think>The port is 4711.`), FINISH, DONE));
  upstream.behaveMerging(raw(token(`<think>${thought}</think>\n- likes tea`), FINISH, DONE));
  await chat({ session_id });
  const memory = async () => (await api.call('GET', `/api/sessions/${session_id}/memory`)).body;
  await expect.poll(memory).toMatchObject({ memory: '- likes tea' });
  await chat({ session_id });
  const exported = await api.call('GET', `/api/sessions/${session_id}/export?format=md`);
  const bodies = [upstream.requests.at(-1), ...upstream.merges].map((each) => each?.body);
  const earlier = JSON.stringify(bodies.filter((body) => JSON.stringify(body).includes('4711')));
  expect(earlier.match(/The port is 4711/g)?.length).toBeGreaterThanOrEqual(2);
  expect(exported.text).toContain('The port is 4711');
  expect(earlier + exported.text).not.toContain('seems to like');
});

test('streamed reasoning is retracted by a frame with the position where the reply resumes, and comes again as what it is', async () => {
  const { say, finish } = spokenBy(upstream);
  const streaming = await api.fetch('/api/chat/stream', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(MESSAGE),
  });
  const reader = streaming.body?.pipeThrough(new TextDecoderStream()).getReader();
  let frames = '';
  const readTo = async (part: string) => {
    while (!frames.includes(part)) frames += (await reader?.read())?.value ?? '';
  };
  await expect.poll(() => upstream.requests.length).toBe(1);
  say('plan');
  await readTo('plan');
  say('</think>\n\nHi');
  finish();
  await readTo('"done":true');
  const [start] = frames.split('\n\n');
  expect(frames.split('\n\n').slice(1, 5)).toEqual([
    'id: 4\ndata: {"token":"plan"}',
    start,
    'id: 4\ndata: {"reasoning":"plan"}',
    'id: 6\ndata: {"token":"Hi"}',
  ]);
  expect(start).toMatch(/^id: 0\ndata: \{"request_id":"[^"]+"\}$/);

  // From the second time on it is reasoning at once, and what has no thought is all there.
  upstream.behave(raw(token('plan'), token('</think>\n\nHi'), FINISH, DONE));
  const again = await api.stream(MESSAGE);
  expect(again.frames.flatMap(({ token: text }) => text ?? [])).toEqual(['Hi']);
  expect(again.reasoning).toBe('plan');
  upstream.behave(answer('No thought'));
  expect(await api.stream(MESSAGE)).toMatchObject({ text: 'No thought', reasoning: '' });
});

test('a prompt that is too long is retried with fewer exchanges, and the reply reports it', async () => {
  const session_id = await api.createSession();
  await api.call('PUT', `/api/sessions/${session_id}/memory`, { enabled: false });
  for (let n = 0; n < 4; n += 1) await chat({ session_id });
  const earlier = upstream.requests.length;
  upstream.behave((response, request) =>
    (request.body.messages.length > 4
      ? status(400, { error: { code: 'context_length_exceeded' } })
      : answer('Hello again'))(response, request),
  );
  expect((await chat({ session_id })).body).toMatchObject({ reply: 'Hello again', omitted: 6 });
  expect(upstream.requests.length - earlier).toBe(2);
  const { last } = await api.stream({ ...MESSAGE, session_id });
  expect(last).toMatchObject({ state: 'complete', omitted: 8 });
});

test.each([
  ['Google', [{ error: { details: [{ '@type': 'RetryInfo', retryDelay: '31s' }] } }], {}],
  ['a header', {}, { 'retry-after': '31' }],
])('the long retry delay in %s is reported to the client', async (_, body, headers) => {
  upstream.behave(status(429, body, headers));
  const refused = await chat({});
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([500, '31']);
  expect((await api.stream(MESSAGE)).last).toMatchObject({ code: 500, retry_after: 31 });
  expect(upstream.requests).toHaveLength(2);
});

test('a short retry delay is respected to the millisecond', async () => {
  const at: number[] = [];
  upstream.behave((response, request) => {
    at.push(performance.now());
    const busy = status(429, {}, { 'retry-after-ms': '1200' });
    return (at.length === 1 ? busy : answer('Hi'))(response, request);
  });
  expect((await chat({})).body).toMatchObject({ reply: 'Hi' });
  const [first = 0, second = 0] = at;
  expect(second - first).toBeGreaterThanOrEqual(1190);
});

test('a server that is loading its model is retried more often than one that fails', async () => {
  const loading = status(
    503,
    { error: { code: 503, message: 'Loading model' } },
    { 'retry-after-ms': '20' },
  );
  upstream.behave(loading, loading, loading, answer('Hi'));
  expect((await chat({})).body).toMatchObject({ reply: 'Hi' });
  expect(upstream.requests).toHaveLength(4);
});

test('refused prompts do not open the breaker', async () => {
  const tooLong = raw('data: {"error":{"code":400,"message":"prompt is too long"}}\n\n');
  upstream.behave(tooLong, tooLong, tooLong, tooLong, status(401), status(403), answer('Hi'));
  const { api: guarded } = await deployment.start({ BREAKER_THRESHOLD: '3' });
  const send = () => guarded.call('POST', '/api/chat', MESSAGE);
  for (let n = 0; n < 6; n += 1) expect((await send()).status).toBe(500);
  expect((await send()).body).toMatchObject({ reply: 'Hi' });
});
