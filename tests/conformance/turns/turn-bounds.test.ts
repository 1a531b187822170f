import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { answer, finish, raw, token, USAGE, DONE, type Upstream } from '../../upstream/upstream';

/** The limits of prompts and replies, on the built app. */
let deployment: Deployment;
let upstream: Upstream;
let api: ApiClient;
let sessionId: string;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), {
    CHAT_CONTEXT_MAX_CHARS: '20000',
    CHAT_REPLY_MAX_CHARS: '10000',
    CHAT_REPLY_MAX_TOKENS: '500',
  });
  ({ upstream } = deployment);
  ({ api } = await deployment.start());
});
afterAll(() => deployment.remove());
beforeEach(async () => {
  upstream.reset();
  sessionId = await api.createSession();
});

const append = (role: string, content: string) =>
  api.call('POST', `/api/sessions/${sessionId}/messages`, { role, content });

test('a short message never costs more than the prompt limit, and the response reports what was omitted', async () => {
  for (let n = 0; n < 5; n += 1) {
    await append('user', `q${String(n)}`);
    await append('assistant', 'tok '.repeat(2400));
  }
  const { body } = await api.call('POST', '/api/chat', { message: 'hi', session_id: sessionId });
  expect(body).toMatchObject({ reply: 'Hello from upstream', omitted: 6 });
  const [request] = upstream.requests;
  expect(JSON.stringify(request?.body).length).toBeLessThan(21_000);
  expect(request?.body.max_tokens).toBe(500);
  const { last } = await api.stream({ message: 'hi', session_id: sessionId });
  expect(last).toMatchObject({ state: 'complete', omitted: 6 });
});

test('a reply that the model cuts is no error, has the reason, and can be continued', async () => {
  upstream.behave(raw(token('Half a'), finish('length'), USAGE, DONE));
  const { status, body } = await api.call('POST', '/api/chat', {
    message: 'hi',
    session_id: sessionId,
  });
  expect([status, body]).toEqual([
    200,
    {
      reply: 'Half a',
      request_id: body.request_id,
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
      reply_id: body.reply_id,
      state: 'interrupted',
      cut: 'length',
      finish: 'length',
    },
  ]);
  upstream.behave(answer(' word'));
  const more = { session_id: sessionId, continue: body.request_id };
  expect((await api.call('POST', '/api/chat', more)).body).toMatchObject({ reply: 'Half a word' });
});

test('a reply over the limit is cut there, and the upstream connection closes', async () => {
  upstream.behave(raw(token('x'.repeat(9999)), token('yz'), token('more'), finish('stop'), DONE));
  const { last, text } = await api.stream({ message: 'hi', session_id: sessionId });
  expect(text).toBe(`${'x'.repeat(9999)}y`);
  expect(last).toMatchObject({ done: true, state: 'interrupted', cut: 'limit' });
  expect(last).not.toHaveProperty('error');
});

test('an appended message has the limits of messages and replies', async () => {
  expect((await append('user', 'x'.repeat(4001))).status).toBe(413);
  expect((await append('assistant', 'x'.repeat(10_001))).status).toBe(413);
  expect((await append('assistant', 'x'.repeat(10_000))).status).toBe(201);
});
