import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '@/db/store';
import { bothAtLength, type EmptyDatabase, POSTGRES, SQLITE } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';
import { answer, hang } from '../../upstream/upstream';

let place: EmptyDatabase;
let deployment: Deployment;

const opened = async (empty: () => Promise<EmptyDatabase>) => {
  place = await empty();
  deployment = await openDeployment(place);
};

/** Storage and concurrency limits per owner, and the daily limit for all, through the API. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let one: Instance;
  let two: Instance;

  beforeAll(async () => {
    await opened(empty);
    const quota = { OWNER_MAX_SESSIONS: '2' };
    [one, two] = await Promise.all([deployment.start(quota), deployment.start(quota)]);
  });
  afterAll(() => deployment.remove());
  beforeEach(async () => {
    deployment.upstream.reset();
    await one.api.call('DELETE', '/api/sessions?everything=true');
  });

  test('a full quota is refused with advice, and following it makes room', async () => {
    const { api } = one;
    const [first] = [await api.createSession(), await api.createSession()];
    const create = () => api.call('POST', '/api/sessions', {});
    expectError(await create(), 403, /2 chats.*Recently deleted.*OWNER_MAX_SESSIONS/);
    await api.call('DELETE', `/api/sessions/${first}`);
    expectError(await create(), 403);
    expectError(await api.call('DELETE', '/api/sessions'), 400, 'Validation error');
    expectError(await api.call('DELETE', '/api/sessions?everything=yes'), 400);
    expect((await api.call('DELETE', '/api/sessions?trash=true')).status).toBe(204);
    expectError(await api.call('POST', `/api/sessions/${first}/restore`), 404);
    expect((await create()).status).toBe(200);
  });

  test('deleting everything of an owner also stops running turns', async () => {
    const { api } = one;
    const { api: elsewhere, url } = two;
    const other = apiClient(url, OTHER_KEY);
    const [kept, id] = [await other.createSession(), await api.createSession()];
    await api.call('POST', '/api/chat', { message: 'hi', session_id: id });
    deployment.upstream.behave(hang);
    const requestId = randomUUID();
    const running = api.stream({ message: 'more', session_id: id }, { 'X-Request-ID': requestId });
    await expect.poll(() => deployment.upstream.requests.length).toBe(2);
    expect((await elsewhere.call('DELETE', '/api/sessions?everything=true')).status).toBe(204);
    await deployment.upstream.requests[1]?.closed;
    expect((await running).last).toMatchObject({ done: true });
    expect((await api.call('GET', '/api/sessions')).body).toEqual([]);
    expectError(await api.call('GET', `/api/sessions/${id}`), 404);
    expectError(await api.call('GET', `/api/chat/stream/${requestId}`), 404);
    expect((await other.call('GET', `/api/sessions/${kept}`)).status).toBe(200);
  });
});

describe('on SQLite alone', () => {
  beforeEach(() => opened(SQLITE.empty));
  afterEach(() => deployment.remove());

  test('200 concurrent sends over two instances stay within the daily limit exactly', async () => {
    const limits = { CHAT_DAILY_LIMIT: '20 turns;1000000 tokens' };
    const apps = [await deployment.start(limits), await deployment.start(limits)];
    const send = async (n: number) => {
      const key = { 'Idempotency-Key': `send-${String(n)}` };
      for (;;) {
        const sent = await apps[n % 2]?.api.call('POST', '/api/chat', { message: 'hi' }, key);
        if (sent?.status !== 503) return sent;
      }
    };
    const sends = await Promise.all(Array.from({ length: 200 }, (_, n) => send(n)));
    expect(sends.filter((sent) => sent?.status === 200)).toHaveLength(20);
    expect(deployment.upstream.requests).toHaveLength(20);
    const refused = sends.filter((sent) => sent?.status === 429);
    expect(refused).toHaveLength(180);
    if (refused[0]) expectError(refused[0], 429, /midnight UTC.*CHAT_DAILY_LIMIT/);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const said = apps.flatMap((app) =>
      app.logged().filter(({ event }) => event === 'bound.reached'),
    );
    expect(said).toHaveLength(2);
    expect(said[0]).toMatchObject({ level: 'warn', bound: 'CHAT_DAILY_LIMIT' });
  });

  test('concurrent turns are limited per owner and per process', async () => {
    const { api, url } = await deployment.start({ TURNS_PER_OWNER: '2', TURNS_MAX: '3' });
    const other = apiClient(url, OTHER_KEY);
    deployment.upstream.behave(hang);
    const send = (by = api) => by.call('POST', '/api/chat', { message: 'hi' });
    const running = [send(), send()];
    await expect.poll(() => deployment.upstream.requests.length).toBe(2);
    const third = await send();
    expectError(third, 429, /TURNS_PER_OWNER/);
    expect(third.headers.get('retry-after')).toBe('5');
    running.push(send(other));
    await expect.poll(() => deployment.upstream.requests.length).toBe(3);
    expectError(await send(other), 429, /TURNS_MAX/);
    deployment.upstream.behave(answer('there is a place again'));
    await api.call('DELETE', '/api/sessions?everything=true');
    await Promise.all(running.slice(0, 2));
    expect((await send(other)).status).toBe(200);
    await other.call('DELETE', '/api/sessions?everything=true');
    await Promise.all(running);
  });
});

const MODELS = Array.from({ length: 300 }, (_, n) => `model-${String(n)}`);

describe('on one process', () => {
  let app: Instance;
  let api: ApiClient;

  beforeAll(async () => {
    await opened(SQLITE.empty);
    app = await deployment.start({ CHAT_MEMORY_ENABLED: 'true', CHAT_MODELS: MODELS.join(',') });
    ({ api } = app);
  });
  afterAll(() => deployment.remove());
  beforeEach(async () => {
    await api.call('DELETE', '/api/sessions?everything=true');
  });

  test('an unknown model is refused with some known names, and a hint where the rest is listed', async () => {
    const refused = await api.call('POST', '/api/chat', { message: 'hi', model: 'model-300' });
    expectError(refused, 400, 'Validation error');
    expect(refused.body.details).toMatchObject([
      {
        loc: ['model'],
        msg: expect.stringMatching(/^Must be one of: model-0, .*model-19, or one of 280 more/),
      },
    ]);
    expect(refused.text.length).toBeLessThan(1000);
    const listed: { id: string }[] = (await api.call('GET', '/api/models')).body.models;
    expect(listed.map(({ id }) => id)).toEqual(MODELS);
  });

  test('deleting a memory with history=true deletes its revisions', async () => {
    const path = `/api/sessions/${await api.createSession()}/memory`;
    await api.call('PUT', path, { memory: '- a secret' });
    expectError(await api.call('DELETE', `${path}?history=yes`), 400);
    expect((await api.call('DELETE', `${path}?history=true`)).status).toBe(204);
    expect((await api.call('GET', `${path}/revisions`)).body).toEqual([]);
    expect((await api.call('GET', path)).body).toMatchObject({ memory: null });
  });

  test('creating a session again with the same Idempotency-Key returns the same session', async () => {
    const create = (key: string) =>
      api.call('POST', '/api/sessions', { title: 'once' }, { 'Idempotency-Key': key });
    const [first, again, other] = [await create('a'), await create('a'), await create('b')];
    expect(again.body).toEqual(first.body);
    expect(other.body.id).not.toBe(first.body.id);
    expect((await api.call('GET', '/api/sessions')).body).toHaveLength(2);
  });

  test('the trash is listed in pages, and one session of it is deleted permanently', async () => {
    const ids = [await api.createSession('first'), await api.createSession('second')];
    for (const id of ids) await api.call('DELETE', `/api/sessions/${id}`);
    expect((await api.call('GET', '/api/sessions')).body).toEqual([]);
    const newest = await api.call('GET', '/api/sessions?deleted=1&limit=1');
    expect(newest.body).toEqual([
      {
        id: ids[1],
        title: 'second',
        created_at: expect.any(String),
        last_activity: expect.any(String),
        deleted_at: expect.stringMatching(/^\d{4}-.*\+00:00$/),
      },
    ]);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(newest.headers.get('link') ?? '') ?? [];
    const last = await api.call('GET', next);
    expect(last.body).toMatchObject([{ id: ids[0] }]);
    expect(last.headers.get('link')).toBeNull();
    expectError(await api.call('GET', '/api/sessions?deleted=yes'), 400);

    const gone = `/api/sessions/${ids[0]}?permanent=true`;
    expect((await api.call('DELETE', gone)).status).toBe(204);
    expectError(await api.call('DELETE', gone), 404);
    expectError(await api.call('POST', `/api/sessions/${ids[0]}/restore`), 404);
    expect((await api.call('GET', '/api/sessions?deleted=1')).body).toMatchObject([{ id: ids[1] }]);
    expect((await api.call('POST', `/api/sessions/${ids[1]}/restore`)).status).toBe(200);
    expectError(await api.call('DELETE', `/api/sessions/${ids[1]}?permanent=true`), 404);
    expectError(await api.call('DELETE', `/api/sessions/${ids[1]}?permanent=1`), 400);
    expect((await api.call('GET', '/api/sessions')).body).toMatchObject([{ id: ids[1] }]);
  });

  test('a session is pinned or archived, alone or with a title, and back', async () => {
    const [id, other] = [await api.createSession('first'), await api.createSession('second')];
    const change = (body: object) => api.call('PATCH', `/api/sessions/${id}`, body);
    const ids = async (query = '') => {
      const { body } = await api.call('GET', `/api/sessions${query}`);
      return (body as { id: string }[]).map((row) => row.id);
    };
    const time = expect.stringMatching(/^\d{4}-.*\+00:00$/);
    expect((await change({ pinned: true, title: 'Named' })).body).toMatchObject({
      title: 'Named',
      pinned_at: time,
    });
    expect(await ids()).toEqual([other, id]);
    expect(await ids('?pinned=1')).toEqual([id]);
    const { version } = (await api.call('GET', `/api/sessions/${id}`)).body;
    expect((await change({ archived: true, version })).body).toMatchObject({ archived_at: time });
    expectError(await change({ archived: false, version }), 409);
    expect(await ids()).toEqual([other]);
    expect(await ids('?pinned=1')).toEqual([]);
    expect(await ids('?archived=1')).toEqual([id]);
    expect((await api.call('GET', `/api/sessions/${id}`)).body).toMatchObject({
      archived_at: time,
    });
    await api.call('POST', '/api/chat', { message: 'back', session_id: id });
    expect(await ids('?archived=1')).toEqual([]);
    expect(await ids()).toEqual([id, other]);
    expect((await change({ pinned: false })).body).not.toHaveProperty('pinned_at');

    for (const wrong of [
      { pinned: 'yes' },
      { archived: null },
      { version: 1 },
      { pinned: true, head: id },
    ])
      expectError(await change(wrong), 400, 'Validation error');
    expectError(await api.call('GET', '/api/sessions?archived=1&deleted=1'), 400);
  });

  test("the memory's model names a session after its first exchange, and never one that has a title", async () => {
    const { upstream } = deployment;
    upstream.reset();
    upstream.behaveTitling(answer('"Bread at home."'));
    const [id, named] = [await api.createSession(), await api.createSession('Mine')];
    const send = (session_id: string) =>
      api.call('POST', '/api/chat', { message: 'hi', session_id });
    await send(named);
    await send(id);
    const title = async (of: string) => (await api.call('GET', `/api/sessions/${of}`)).body.title;
    await expect.poll(() => title(id)).toBe('Bread at home');
    expect(await title(named)).toBe('Mine');
    await api.call('PATCH', `/api/sessions/${id}`, { title: 'My own' });
    await send(id);
    await expect.poll(() => upstream.merges.length).toBe(3);
    expect(upstream.titles.map(({ body }) => body.model)).toEqual(['model-0']);
    expect(upstream.requests).toHaveLength(3);
    expect(await title(id)).toBe('My own');
  });

  test('an invalid cursor shows the first page of the list', async () => {
    await api.createSession('the only one');
    const page = await api.call('GET', '/s?cursor=x');
    expect(page.status).toBe(200);
    expect(page.text).toContain('the only one');
    expect((await api.call('GET', `/s/${'%F0%9F%99%82'.repeat(20)}`)).status).toBe(404);
  });

  test('a long session streams with back-pressure, and is complete or visibly broken', async () => {
    const id = await api.createSession('long');
    const content = 'x'.repeat(60_000);
    const store = await openStore(place.database);
    const message = { role: 'assistant', content } as const;
    const appended = { owner: 'key:first', sessionId: id, message, now: new Date() };
    for (let n = 0; n < 300; n += 1) await store.messages.append({ ...appended, id: randomUUID() });
    await store.close();

    const whole = await api.call('GET', `/api/sessions/${id}`);
    expect(whole.body.messages).toHaveLength(300);
    expect((await api.call('HEAD', `/api/sessions/${id}`)).text).toBe('');
    const part = await api.call('GET', `/api/sessions/${id}?limit=2`);
    expect(part.body.messages).toEqual(whole.body.messages.slice(-2));

    const slow = await slowly(app, `/api/sessions/${id}/export`);
    // The first megabytes are sent; the rest waits for the reader, and other requests are answered.
    expect((await api.call('GET', '/health')).status).toBe(200);
    expect((await api.call('DELETE', '/api/sessions?everything=true')).status).toBe(204);
    await expect(readAll(slow)).rejects.toThrow('aborted');
    await expect
      .poll(() => app.logged().find(({ route }) => route === '/api/sessions/:id/export'))
      .toMatchObject({ error: 'not-found' });
  });
});

const slowly = ({ url }: Instance, path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { Authorization: 'Bearer test-key-of-the-first-owner' };
    get(`${url}${path}`, { headers }, resolve).on('error', reject);
  });

async function readAll(response: IncomingMessage): Promise<number> {
  let length = 0;
  for await (const chunk of response) length += (chunk as Buffer).length;
  return length;
}
