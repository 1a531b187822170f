import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { readSend, readWatch } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectWithin, timeOf } from '../../setup/expect-within';
import { answer, stallAfter, type Upstream } from '../../upstream/upstream';

interface Told {
  readonly open?: boolean;
  readonly session_id?: string;
  readonly version?: number;
  readonly deleted?: boolean;
}

/** Two processes on one database: each notifies its clients of changes made through the other. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let here: ApiClient;
  let elsewhere: Instance;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
    ({ api: here } = await deployment.start());
    elsewhere = await deployment.start();
  });
  afterAll(() => deployment.remove());

  /** Opens the change feed; `told` collects its frames, `ended` resolves when the server ends it. */
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

  test('a change made through one process is notified by the other within two seconds', async () => {
    upstream.behave(answer('hi'));
    const feed = await look(elsewhere.api);
    const stranger = await look(apiClient(elsewhere.url, OTHER_KEY));
    const id = await here.createSession();
    const at = `/api/sessions/${id}`;
    let version = 0;
    const toldOf = async (deleted?: true) => {
      const isTold = ({ session_id, ...last }: Told) =>
        session_id === id && (last.version ?? 0) > version && last.deleted === deleted;
      await expect.poll(() => feed.told.some(isTold)).toBe(true);
      version = feed.told.findLast(({ session_id }) => session_id === id)?.version ?? 0;
    };
    await toldOf();
    await here.call('POST', '/api/chat', { message: 'hello', session_id: id });
    await toldOf();
    await expectWithin(2000, () =>
      timeOf(async () => {
        await here.call('PATCH', at, { title: 'Name' });
        await toldOf();
      }),
    );
    await here.call('PUT', `${at}/memory`, { memory: '- tea' });
    await toldOf();
    await here.call('DELETE', at);
    await toldOf(true);
    await here.call('POST', `${at}/restore`);
    await toldOf();
    await here.call('PUT', '/api/about', { about: 'I live in Oslo.' });
    await expect.poll(() => feed.told.at(-1)).toEqual({ about: true });
    expect(stranger.told).toEqual([{ open: true }]);
    feed.leave();
    stranger.leave();
  });

  test('the data of a page can be fetched again, by its owner alone', async () => {
    upstream.behave(answer('hi'));
    const id = await here.createSession();
    await here.call('POST', '/api/chat', { message: 'hello', session_id: id });
    const { body } = await elsewhere.api.call('GET', `/api/page?session_id=${id}`);
    expect(body.sessions.map((row: { id: string }) => row.id)).toContain(id);
    expect(body.session).toMatchObject({
      id,
      running: [],
      messages: [{ content: 'hello' }, { content: 'hi' }],
    });
    const stranger = apiClient(elsewhere.url, OTHER_KEY);
    expect((await stranger.call('GET', `/api/page?session_id=${id}`)).body).toEqual({
      sessions: [],
      hasMore: false,
      session: null,
    });
  });

  test('editing a title or memory that has changed meanwhile is 409, but a turn in between is no conflict', async () => {
    upstream.behave(answer('hi'));
    const id = await here.createSession();
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

  test('a new watcher of a running reply has its text within 300 ms, on both processes', async () => {
    upstream.behave(stallAfter('Once', ' upon'));
    const id = await here.createSession();
    const body = { message: 'hello', session_id: id };
    const sent = await readSend(here, body, { 'X-Request-ID': 'running' });
    const { body: page } = await elsewhere.api.call('GET', `/api/page?session_id=${id}`);
    expect(page.session.running).toEqual(['running']);
    // The other process cannot show it before it is stored.
    const stored = await readWatch(elsewhere.api, 'running');
    await stored.seen('Once upon');
    stored.leave();
    for (const api of [here, elsewhere.api]) {
      await expectWithin(300, () =>
        timeOf(async () => {
          const reading = await readWatch(api, 'running');
          await reading.seen('Once upon');
          reading.leave();
        }),
      );
    }
    await here.call('DELETE', '/api/chat/stream/running');
    sent.leave();
  });

  test('a process that shuts down ends its feeds and exits with 0', async () => {
    const feed = await look(elsewhere.api);
    expect(await elsewhere.stop('SIGTERM')).toBe(0);
    await feed.ended;
  });
});
