import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError, UUID } from '../../setup/expectations';
import { answer, cutAfter, status, type Upstream } from '../../upstream/upstream';

/** Black-box versions of the original's chat tests, and of the gaps that it listed. */
describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let app: Instance;
  let api: ApiClient;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
    app = await deployment.start({
      OPENAI_API_KEY: 'sk-test',
      CHAT_RATE_LIMIT: '10000/minute',
      CHAT_MEMORY_ENABLED: 'true',
      CHAT_CONTEXT_MAX_TURNS: '2',
      // Enough for two requests on a busy machine.
      BREAKER_COOLDOWN_MS: '2000',
    });
    ({ api } = app);
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  /** Opens the breaker by failures, and closes it afterwards. */
  const withOpenBreaker = async (run: () => Promise<void>) => {
    upstream.behave(cutAfter());
    const quick = { message: 'x' };
    // Concurrently: each is retried after a pause.
    await Promise.all([1, 2, 3].map(() => api.call('POST', '/api/chat', quick)));
    await run();
    upstream.behave(answer('ok'));
    await expect.poll(async () => (await api.call('POST', '/api/chat', quick)).status).toBe(200);
  };

  test('GET /health is ok', async () => {
    const health = await api.call('GET', '/health');
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api.call('GET', '/health/ready')).toMatchObject({ status: 200 });
  });

  test('chat answers with the reply, its request id and its usage', async () => {
    const { status: code, body, headers } = await api.call('POST', '/api/chat', { message: 'hi' });
    expect(code).toBe(200);
    expect(body).toEqual({
      reply: 'Hello from upstream',
      request_id: headers.get('x-request-id'),
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    });
  });

  test.each([
    ['nothing', undefined],
    ['no message', {}],
    ['broken JSON', '{"message":'],
    ['a list', '["message"]'],
    ['a string', '"message"'],
  ])('chat with %s is refused as missing', async (_, body) => {
    for (const path of ['/api/chat', '/api/chat/stream']) {
      const refused = await api.call('POST', path, body);
      expectError(refused, 400, "Missing JSON body or 'message' field");
      expect(refused.headers.get('content-type')).toContain('application/json');
    }
  });

  test.each([
    ['an empty message', { message: '' }, 'message'],
    ['a blank message', { message: '   ' }, 'message'],
    ['a message that is null', { message: null }, 'message'],
    ['a message that is a number', { message: 5 }, 'message'],
    ['an unknown model', { message: 'hi', model: 'gpt-9' }, 'model'],
    ['a model that is null', { message: 'hi', model: null }, 'model'],
    ['a session that is a number', { message: 'hi', session_id: 7 }, 'session_id'],
    ['a NUL in the message', { message: 'a\u0000b' }, 'message'],
  ])('chat with %s is refused, and the error names the field', async (_, body, field) => {
    for (const path of ['/api/chat', '/api/chat/stream']) {
      const refused = await api.call('POST', path, body);
      expectError(refused, 400, 'Validation error');
      expect(refused.body.details[0].loc).toEqual([field]);
    }
  });

  test('a message of 4,000 characters is accepted and one of 4,001 is not, for any characters', async () => {
    for (const letter of ['x', '😀']) {
      expect((await api.call('POST', '/api/chat', { message: letter.repeat(4000) })).status).toBe(
        200,
      );
      const tooLong = { message: letter.repeat(4001), model: 'gpt-9' };
      expectError(await api.call('POST', '/api/chat', tooLong), 413, 'Message too large');
      const stream = await api.call('POST', '/api/chat/stream', tooLong);
      expectError(stream, 413);
    }
  });

  test('an error of the upstream is reported without its message', async () => {
    upstream.behave(status(500, { error: { message: 'secret of the upstream' } }));
    const refused = await api.call('POST', '/api/chat', { message: 'hi' });
    expectError(refused, 500);
    expect(refused.text).not.toContain('secret of the upstream');
    upstream.behave(answer('ok'));
    await api.call('POST', '/api/chat', { message: 'hi' });
  });

  test('a stream is a kickoff frame, tokens and one terminal frame, under the right headers', async () => {
    const stream = await api.stream({ message: 'hi' });
    expect(stream.status).toBe(200);
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).toContain('no-cache');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    expect(stream.frames[0]).toEqual({ request_id: stream.headers.get('x-request-id') });
    expect(stream.text).toBe('Hello from upstream');
    expect(stream.last).toMatchObject({
      done: true,
      state: 'complete',
      usage: { total_tokens: 10 },
    });
    expect(stream.frames.filter(({ done }) => done)).toHaveLength(1);
    expect(stream.ids).toHaveLength(stream.frames.length);
  });

  test('an open breaker answers 503, as JSON and as a frame after the kickoff', async () => {
    await withOpenBreaker(async () => {
      const refused = await api.call('POST', '/api/chat', { message: 'hi' });
      expectError(refused, 503, 'Service temporarily unavailable');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const stream = await api.stream({ message: 'hi' });
      expect(stream.status).toBe(200);
      expect(stream.frames).toEqual([
        { request_id: stream.headers.get('x-request-id') },
        {
          error: 'Service temporarily unavailable',
          code: 503,
          kind: 'unavailable',
          reason: 'model',
          request_id: stream.headers.get('x-request-id'),
          done: true,
          state: 'failed',
        },
      ]);
    });
  });

  test('a successful response has the rate limit headers, once', async () => {
    const { headers } = await api.call('POST', '/api/chat', { message: 'hi' });
    expect(headers.get('x-ratelimit-limit')).toBe('10000');
    expect(headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1);
  });

  test.each(['plain', 'stream'])('a %s turn is stored in its session', async (way) => {
    const id = await api.createSession();
    const body = { message: '  hi  ', session_id: id };
    if (way === 'plain') await api.call('POST', '/api/chat', body);
    else await api.stream(body);
    const [question, reply] = await api.messages(id);
    const original = ['id', 'role', 'content', 'tokens', 'created_at'];
    expect(Object.keys(question ?? {})).toEqual([...original, 'parent_id', 'siblings']);
    expect(question).toMatchObject({ role: 'user', content: 'hi' });
    expect(reply).toEqual({
      id: expect.stringMatching(UUID),
      role: 'assistant',
      content: 'Hello from upstream',
      tokens: 3,
      created_at: expect.any(String),
      parent_id: question?.id,
      siblings: [reply?.id],
      model: 'gpt-3.5-turbo',
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
      first_token_ms: expect.any(Number),
      total_ms: expect.any(Number),
    });
    expect(upstream.requests[0]?.body.messages[0]?.role).toBe('system');
  });

  test('the prompt has the last exchanges, up to CHAT_CONTEXT_MAX_TURNS', async () => {
    const id = await api.createSession();
    for (let n = 1; n <= 4; n += 1) {
      await api.call('POST', `/api/sessions/${id}/messages`, {
        role: 'user',
        content: `q${String(n)}`,
      });
      await api.call('POST', `/api/sessions/${id}/messages`, {
        role: 'assistant',
        content: `a${String(n)}`,
      });
    }
    await api.call('POST', '/api/chat', { message: 'now', session_id: id });
    const prompt = upstream.requests[0]?.body.messages ?? [];
    expect(prompt[0]?.role).toBe('system');
    expect(prompt.slice(1).map(({ content }) => content)).toEqual(['q3', 'a3', 'q4', 'a4', 'now']);
  });

  test('without a session the prompt has only the instructions and the message', async () => {
    await api.call('POST', '/api/chat', { message: 'now' });
    expect(upstream.requests[0]?.body.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  });

  test('an unknown session is 404 on both chat routes, without an upstream request', async () => {
    const body = { message: 'hi', session_id: 'b7a2f9a0-0000-4000-8000-000000000000' };
    expectError(await api.call('POST', '/api/chat', body), 404, 'Session not found');
    expectError(await api.call('POST', '/api/chat/stream', body), 404, 'Session not found');
    expect(upstream.requests).toEqual([]);
  });

  test('a turn that fails before the first token leaves no messages in the session', async () => {
    const id = await api.createSession();
    upstream.behave(status(401));
    const body = { message: 'lost words', session_id: id };
    expectError(await api.call('POST', '/api/chat', body), 500);
    expect((await api.stream(body)).last).toMatchObject({ code: 500, done: true, state: 'failed' });
    expect(await api.messages(id)).toEqual([]);
    const file = await api.call('GET', `/api/sessions/${id}/export?format=md`);
    expect(file.text).not.toContain('lost words');
    upstream.behave(answer('found'));
    await api.call('POST', '/api/chat', { message: 'again', session_id: id });
    expect(JSON.stringify(upstream.requests.at(-1)?.body)).not.toContain('lost words');
  });

  test('the text of a reply that broke off is kept', async () => {
    const id = await api.createSession();
    upstream.behave(cutAfter('Once', ' upon'));
    const stream = await api.stream({ message: 'tell', session_id: id });
    expect(stream.text).toBe('Once upon');
    expect(stream.last).toMatchObject({
      code: 500,
      done: true,
      state: 'interrupted',
      reply_id: expect.stringMatching(UUID),
    });
    expect(await api.messages(id)).toMatchObject([
      { content: 'tell' },
      { content: 'Once upon', state: 'interrupted' },
    ]);
  });

  test('the log has one line per request, and never a message, a title or a key', async () => {
    const id = await api.createSession('A secret title');
    const { headers } = await api.stream({ message: 'my secret words', session_id: id });
    const requestId = headers.get('x-request-id');
    await expect
      .poll(() =>
        app
          .logged()
          .filter(({ event, request_id }) => event === 'http.access' && request_id === requestId),
      )
      .toMatchObject([
        {
          level: 'info',
          ts: expect.any(String),
          path: '/api/chat/stream',
          status: 200,
          latency_ms: expect.any(Number),
          model: 'gpt-3.5-turbo',
        },
      ]);
    expect(app.lines.join('\n')).not.toMatch(/secret|Hello from upstream|sk-test|test-key/);
  });

  test('the models are those in CHAT_MODELS, the first is the default', async () => {
    const { body } = await api.call('GET', '/api/models');
    expect(body).toEqual({
      models: [{ id: 'gpt-3.5-turbo' }, { id: 'gpt-4' }],
      default: 'gpt-3.5-turbo',
      demo: false,
      defaults: {
        system_prompt: 'You are a helpful assistant.',
        model: 'gpt-3.5-turbo',
        temperature: null,
        max_tokens: null,
      },
    });
  });
});
