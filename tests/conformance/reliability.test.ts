import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient, OTHER_KEY, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import {
  answer,
  DONE,
  FINISH,
  openStream,
  stallAfter,
  startUpstream,
  status,
  token,
  type Upstream,
} from '../upstream/upstream';

/** What happens to a turn when something goes away, on one process and on two. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let upstream: Upstream;
  let running: RunningApp[];
  let app: RunningApp;
  let api: ApiClient;

  const start = async () => {
    const started = await startApp({
      DATABASE_URI: place.uri,
      APP_SECRET: 'a secret that is only used by these tests',
      OPENAI_BASE_URL: upstream.url,
      API_KEYS,
      CHAT_RATE_LIMIT: '10000/minute',
      API_RATE_LIMIT: '10000/minute',
      CHAT_MEMORY_ENABLED: 'false',
    });
    running.push(started);
    return started;
  };

  beforeAll(async () => {
    place = await empty();
    upstream = await startUpstream();
  });
  afterAll(async () => {
    await upstream.close();
    await place.remove();
  });
  beforeEach(async () => {
    running = [];
    upstream.requests.length = 0;
    app = await start();
    api = apiClient(app.url);
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop('SIGKILL')));
  });

  const createSession = async (): Promise<string> =>
    (await api.call('POST', '/api/sessions', {})).body.id;
  const messagesOf = async (id: string, from = api) =>
    (await from.call('GET', `/api/sessions/${id}`)).body.messages as {
      content: string;
      state?: string;
    }[];
  /** Sends, reads until the reply holds these words, and leaves. */
  const sendAndLeave = async (id: string, words: string, key: string): Promise<string> => {
    const controller = new AbortController();
    const response = await api.fetch('/api/chat/stream', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ message: `question ${key}`, session_id: id }),
      signal: controller.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    while (!seen.includes(words)) seen += (await reader?.read())?.value ?? '';
    controller.abort();
    return response.headers.get('x-request-id') ?? '';
  };
  const watch = async (from: ApiClient, requestId: string, lastEventId?: string) => {
    const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    return from.call('GET', `/api/chat/stream/${requestId}`, undefined, headers);
  };
  const tokensOf = (stream: string) =>
    [...stream.matchAll(/^data: (.*)$/gm)]
      .map(([, data]) => (JSON.parse(data ?? '') as { token?: string }).token ?? '')
      .join('');

  test('a turn goes on when its client leaves, and can be watched again from any frame', async () => {
    upstream.behave(answer('one two three four', { pauseMs: 60 }));
    const id = await createSession();
    const requestId = await sendAndLeave(id, 'one', 'leave');
    const rest = await watch(api, requestId, '3');
    expect(rest.headers.get('content-type')).toContain('text/event-stream');
    expect(tokensOf(rest.text)).toBe(' two three four');
    expect(rest.text).toContain('"state":"complete"');
    expect(tokensOf((await watch(api, requestId)).text)).toBe('one two three four');
    expect((await messagesOf(id)).map(({ content }) => content)).toEqual([
      'question leave',
      'one two three four',
    ]);
  });

  test('a position that cannot be is 400, a turn that is not yours is 404', async () => {
    const { headers } = await api.stream({ message: 'hi', session_id: await createSession() });
    const requestId = headers.get('x-request-id') ?? '';
    for (const position of ['-1', 'x', '1e3', '1.5'])
      expect((await watch(api, requestId, position)).status).toBe(400);
    expect((await watch(api, 'unknown')).status).toBe(404);
    const other = apiClient(app.url, OTHER_KEY);
    expect((await watch(other, requestId)).status).toBe(404);
    expect((await other.call('DELETE', `/api/chat/stream/${requestId}`)).status).toBe(404);
  });

  test('a killed process leaves the message once and the reply interrupted, with what had been stored', async () => {
    upstream.behave(stallAfter('Once', ' upon'));
    const id = await createSession();
    const requestId = await sendAndLeave(id, 'upon', 'killed');
    // Text is stored at least twice a second; so long is the most that a killed process may take with it.
    await sleep(500);
    await app.stop('SIGKILL');
    const again = await start();
    const after = apiClient(again.url);
    expect(await messagesOf(id, after)).toMatchObject([
      { content: 'question killed' },
      { content: 'Once upon', state: 'interrupted' },
    ]);
    const seen = await watch(after, requestId);
    expect(tokensOf(seen.text)).toBe('Once upon');
    expect(seen.text).toContain('"state":"interrupted"');
  });

  test('a send that is repeated is paid for once: at once, by the plain way, and after a restart', async () => {
    upstream.behave(answer('paid once', { pauseMs: 50 }));
    const body = { message: 'pay', session_id: await createSession() };
    const key = { 'Idempotency-Key': 'pay-once' };
    const [one, two, plain] = await Promise.all([
      api.stream(body, key),
      api.stream(body, key),
      api.call('POST', '/api/chat', body, key),
    ]);
    expect([one.text, two.text, plain.body.reply]).toEqual(['paid once', 'paid once', 'paid once']);
    await app.stop();
    const after = apiClient((await start()).url);
    expect((await after.stream(body, key)).text).toBe('paid once');
    expect(upstream.requests).toHaveLength(1);
    expect((await after.call('POST', '/api/chat', { ...body, message: 'other' }, key)).status).toBe(
      422,
    );
    const other = apiClient(running.at(-1)?.url ?? '', OTHER_KEY);
    expect((await other.call('POST', '/api/chat', { message: 'mine' }, key)).status).toBe(200);
  });

  test('a failed send that is repeated with its key fails the same way', async () => {
    upstream.behave(status(401));
    const key = { 'Idempotency-Key': 'fails' };
    const body = { message: 'fail' };
    const first = await api.call('POST', '/api/chat', body, key);
    const again = await api.call('POST', '/api/chat', body, key);
    expect([first.status, again.status]).toEqual([500, 500]);
    expect(again.body.error).toBe(first.body.error);
    expect(upstream.requests).toHaveLength(1);
  });

  test('another process shows a turn as it grows, and can stop it', async () => {
    upstream.behave(stallAfter('Once', ' upon'));
    const id = await createSession();
    const requestId = await sendAndLeave(id, 'upon', 'elsewhere');
    const elsewhere = apiClient((await start()).url);
    const watching = watch(elsewhere, requestId);
    const stoppedAt = performance.now();
    expect((await elsewhere.call('DELETE', `/api/chat/stream/${requestId}`)).status).toBe(204);
    await upstream.requests[0]?.closed;
    expect(performance.now() - stoppedAt).toBeLessThan(2000);
    const seen = await watching;
    expect(tokensOf(seen.text)).toBe('Once upon');
    expect(seen.text).toContain('"state":"stopped"');
    expect(await messagesOf(id)).toMatchObject([{}, { content: 'Once upon', state: 'stopped' }]);
  });

  test('deleting a session ends its turn, and nothing comes back', async () => {
    upstream.behave(stallAfter('Once'));
    const id = await createSession();
    await sendAndLeave(id, 'Once', 'deleted');
    await api.call('DELETE', `/api/sessions/${id}`);
    await upstream.requests[0]?.closed;
    expect((await api.call('GET', `/api/sessions/${id}`)).status).toBe(404);
    expect(
      (await api.call('GET', '/api/sessions')).body.map((row: { id: string }) => row.id),
    ).not.toContain(id);
  });

  test('without a session the upstream is closed when the client leaves', async () => {
    upstream.behave(stallAfter('Once'));
    const controller = new AbortController();
    const response = await api.fetch('/api/chat/stream', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'hi' }),
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    controller.abort();
    await expect.poll(() => upstream.requests.length).toBe(1);
    await upstream.requests[0]?.closed;
  });

  test('a process that is asked to end lets a turn end, and exits with 0', async () => {
    const gate = Promise.withResolvers<void>();
    upstream.behave(async (response) => {
      openStream(response).write(token('Once'));
      await gate.promise;
      response.end(token(' upon') + FINISH + DONE);
    });
    const id = await createSession();
    await sendAndLeave(id, 'Once', 'drain');
    const stopped = app.stop('SIGTERM');
    await sleep(300);
    gate.resolve();
    expect(await stopped).toBe(0);
    const after = apiClient((await start()).url);
    expect(await messagesOf(id, after)).toMatchObject([{}, { content: 'Once upon' }]);
  });
});

const sleep = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));
