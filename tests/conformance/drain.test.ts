import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { expectError } from '../setup/expectations';
import {
  DONE,
  FINISH,
  openStream,
  startUpstream,
  token,
  type Upstream,
} from '../upstream/upstream';

/** How a process ends that is asked to. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let upstream: Upstream;
  let running: RunningApp[];

  beforeEach(async () => {
    place = await empty();
    upstream = await startUpstream();
    running = [];
  });
  afterEach(async () => {
    for (const app of running) await app.stop('SIGKILL');
    await upstream.close();
    await place.remove();
  });

  const start = async (more: Record<string, string> = {}): Promise<[RunningApp, ApiClient]> => {
    const app = await startApp({
      DATABASE_URI: place.uri,
      APP_SECRET: 'a secret that is only used by these tests',
      OPENAI_BASE_URL: upstream.url,
      API_KEYS,
      CHAT_MEMORY_ENABLED: 'false',
      ...more,
    });
    running.push(app);
    return [app, apiClient(app.url)];
  };
  /** Says a word and then waits to be let on. */
  const heldUpstream = () => {
    const gate = Promise.withResolvers<void>();
    upstream.behave(async (response) => {
      openStream(response).write(token('half '));
      await gate.promise;
      response.end(token('whole') + FINISH + DONE);
    });
    return gate;
  };
  const session = async (api: ApiClient): Promise<string> =>
    (await api.call('POST', '/api/sessions', {})).body.id;

  test('while a reply ends, the process says that it is not ready, refuses turns, and shows what there is', async () => {
    const held = heldUpstream();
    const [app, api] = await start();
    const id = await session(api);
    const streaming = api.stream({ message: 'hi', session_id: id }, { 'X-Request-ID': 'running' });
    await expect.poll(() => upstream.requests.length).toBe(1);
    expect((await api.call('GET', '/health/ready')).status).toBe(200);

    const exited = app.stop('SIGTERM');
    const askedAt = performance.now();
    await expect.poll(async () => (await api.call('GET', '/health/ready')).status).toBe(503);
    expect(performance.now() - askedAt).toBeLessThan(1000);
    const notReady = await api.call('GET', '/health/ready');
    expectError(notReady, 503, 'Service temporarily unavailable');
    expect(notReady.headers.get('retry-after')).toBe('5');
    expect(notReady.headers.get('connection')).toBe('close');
    expect((await api.call('GET', '/health')).status).toBe(200);
    for (const path of ['/api/chat', '/api/chat/stream']) {
      const refused = await api.call('POST', path, { message: 'more', session_id: id });
      expectError(refused, 503);
      expect(refused.headers.get('retry-after')).toBe('5');
    }
    expect((await api.call('GET', `/api/sessions/${id}`)).body.messages).toMatchObject([
      { content: 'hi' },
    ]);
    const watching = api.call('GET', '/api/chat/stream/running');
    await expect.poll(() => fetch(app.url).then(({ status }) => status)).toBe(200);

    held.resolve();
    expect((await streaming).last).toMatchObject({ done: true, state: 'complete' });
    expect((await watching).text).toContain('"state":"complete"');
    expect(await exited).toBe(0);
    expect(upstream.requests).toHaveLength(1);
    await expect(fetch(`${app.url}/health`)).rejects.toThrow('fetch failed');
  });

  test('a reply that does not end in time is kept as interrupted, and its reader is told', async () => {
    heldUpstream();
    const [app, api] = await start({ SHUTDOWN_TIMEOUT_MS: '500' });
    const id = await session(api);
    const streaming = api.stream({ message: 'hi', session_id: id });
    await expect.poll(() => upstream.requests.length).toBe(1);
    await expect.poll(() => app.logged().some(({ event }) => event === 'turn.start')).toBe(true);
    const askedAt = performance.now();
    expect(await app.stop('SIGTERM')).toBe(0);
    expect(performance.now() - askedAt).toBeGreaterThan(500);
    expect(performance.now() - askedAt).toBeLessThan(3000);
    expect((await streaming).last).toMatchObject({ done: true, state: 'interrupted' });
    await upstream.requests[0]?.closed;
    // Stored by the process itself and not found by the next: nothing is recovered.
    const [next, after] = await start();
    expect((await after.call('GET', `/api/sessions/${id}`)).body.messages).toMatchObject([
      { content: 'hi' },
      { content: 'half ', state: 'interrupted' },
    ]);
    expect(next.logged().filter(({ event }) => event === 'turn.recovered')).toEqual([]);
  });

  test('when nothing runs, the end is quick', async () => {
    const [app, api] = await start();
    await session(api);
    const askedAt = performance.now();
    expect(await app.stop('SIGTERM')).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(1500);
  });
});
