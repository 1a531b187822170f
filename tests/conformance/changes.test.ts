import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient, OTHER_KEY, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { answer, stallAfter, startUpstream, type Upstream } from '../upstream/upstream';

interface Told {
  readonly open?: boolean;
  readonly session_id?: string;
  readonly version?: number;
  readonly deleted?: boolean;
}

/** Two processes on one database: what is done through one is told by the other. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let upstream: Upstream;
  let apps: RunningApp[];
  let here: ApiClient;
  let elsewhere: ApiClient;

  beforeAll(async () => {
    place = await empty();
    upstream = await startUpstream();
    const start = () =>
      startApp({
        DATABASE_URI: place.uri,
        APP_SECRET: 'a secret that is only used by these tests',
        OPENAI_BASE_URL: upstream.url,
        API_KEYS,
        CHAT_RATE_LIMIT: '10000/minute',
        API_RATE_LIMIT: '10000/minute',
        CHAT_MEMORY_ENABLED: 'false',
      });
    apps = [await start(), await start()];
    here = apiClient(apps[0]!.url);
    elsewhere = apiClient(apps[1]!.url);
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop('SIGKILL')));
    await upstream.close();
    await place.remove();
  });

  /** Opens the feed; `told` grows as frames come, `ended` resolves when the server ends it. */
  const look = async (api: ApiClient) => {
    const leaving = new AbortController();
    const response = await api.fetch('/api/sessions/changes', { signal: leaving.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const told: Told[] = [];
    const read = async () => {
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        for (const [, data] of value.matchAll(/^data: (.*)$/gm))
          told.push(JSON.parse(data ?? '') as Told);
      }
    };
    const ended = read().catch(() => undefined);
    await expect.poll(() => told).toEqual([{ open: true }]);
    return {
      told,
      ended,
      leave: () => {
        leaving.abort();
      },
    };
  };
  const create = async (api: ApiClient): Promise<string> =>
    (await api.call('POST', '/api/sessions', {})).body.id;

  test('what is done through one process is told by the other within two seconds', async () => {
    upstream.behave(answer('hi'));
    const feed = await look(elsewhere);
    const stranger = await look(apiClient(apps[1]!.url, OTHER_KEY));
    const id = await create(here);
    const at = `/api/sessions/${id}`;
    let version = 0;
    const toldOf = async (deleted?: true) => {
      const isTold = ({ session_id, ...last }: Told) =>
        session_id === id && (last.version ?? 0) > version && last.deleted === deleted;
      await expect.poll(() => feed.told.some(isTold), { timeout: 2000 }).toBe(true);
      version = feed.told.findLast(({ session_id }) => session_id === id)?.version ?? 0;
    };
    await toldOf();
    await here.call('POST', '/api/chat', { message: 'hello', session_id: id });
    await toldOf();
    await here.call('PATCH', at, { title: 'Name' });
    await toldOf();
    await here.call('PUT', `${at}/memory`, { memory: '- tea' });
    await toldOf();
    await here.call('DELETE', at);
    await toldOf(true);
    await here.call('POST', `${at}/restore`);
    await toldOf();
    expect(stranger.told).toEqual([{ open: true }]);
    feed.leave();
    stranger.leave();
  });

  test('what a page shows can be read again, and only by its owner', async () => {
    upstream.behave(answer('hi'));
    const id = await create(here);
    await here.call('POST', '/api/chat', { message: 'hello', session_id: id });
    const { body } = await elsewhere.call('GET', `/api/page?session_id=${id}`);
    expect(body.sessions.map((row: { id: string }) => row.id)).toContain(id);
    expect(body.session).toMatchObject({
      id,
      running: [],
      messages: [{ content: 'hello' }, { content: 'hi' }],
    });
    const other = apiClient(apps[1]!.url, OTHER_KEY);
    expect((await other.call('GET', `/api/page?session_id=${id}`)).body).toEqual({
      sessions: [],
      hasMore: false,
      session: null,
    });
  });

  test('a name or a memory that was changed since it was seen is 409, a turn in between is not', async () => {
    upstream.behave(answer('hi'));
    const id = await create(here);
    const at = `/api/sessions/${id}`;
    await here.call('POST', '/api/chat', { message: 'hello', session_id: id });
    const name = (title: string, seen: string | null) =>
      here.call('PATCH', at, { title, seen }).then(({ status }) => status);
    expect([await name('one', null), await name('two', null), await name('two', 'one')]).toEqual([
      200, 409, 200,
    ]);
    const remember = (memory: string, seen: string | null) =>
      here.call('PUT', `${at}/memory`, { memory, seen }).then(({ status }) => status);
    expect([
      await remember('- a', null),
      await remember('- b', null),
      await remember('- b', '- a'),
    ]).toEqual([200, 409, 200]);
  });

  test('who comes to a running reply has what there is of it within 300 ms, here and elsewhere', async () => {
    upstream.behave(stallAfter('Once', ' upon'));
    const id = await create(here);
    const body = JSON.stringify({ message: 'hello', session_id: id });
    const headers = { 'Content-Type': 'application/json' };
    const sent = await here.fetch('/api/chat/stream', { method: 'POST', headers, body });
    const requestId = sent.headers.get('x-request-id') ?? '';
    const page = async () =>
      (await elsewhere.call('GET', `/api/page?session_id=${id}`)).body.session;
    expect((await page()).running).toEqual([requestId]);
    const stored = async () => {
      const response = await elsewhere.fetch(`/api/chat/stream/${requestId}`);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let seen = '';
      while (!seen.includes('token')) seen += (await reader.read()).value ?? '';
      await reader.cancel();
      return seen;
    };
    await expect.poll(stored).toContain('Once upon');
    for (const api of [here, elsewhere]) {
      const startedAt = performance.now();
      const response = await api.fetch(`/api/chat/stream/${requestId}`);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let seen = '';
      while (!seen.includes('upon')) seen += (await reader.read()).value ?? '';
      expect(performance.now() - startedAt).toBeLessThan(300);
      await reader.cancel();
    }
    await here.call('DELETE', `/api/chat/stream/${requestId}`);
    await sent.body?.cancel();
  });

  test('a process that is asked to end ends its feeds and exits with 0', async () => {
    const feed = await look(elsewhere);
    const startedAt = performance.now();
    expect(await apps[1]!.stop('SIGTERM')).toBe(0);
    await feed.ended;
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
