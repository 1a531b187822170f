import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';
import { answer, status, type Upstream } from '../../upstream/upstream';

/** Edits, other replies, switches and forks, as a client sees them. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let app: Instance;
  let api: ApiClient;
  let session_id: string;

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), { CHAT_MEMORY_ENABLED: 'false' });
    ({ upstream } = deployment);
    app = await deployment.start();
    ({ api } = app);
  });
  afterAll(() => deployment.remove());
  beforeEach(async () => {
    upstream.reset();
    session_id = await api.createSession();
  });

  const send = async (body: object, reply: string, headers = {}) => {
    upstream.behave(answer(reply));
    return api.call('POST', '/api/chat', { session_id, ...body }, headers);
  };
  const read = async (query = '') =>
    (await api.call('GET', `/api/sessions/${session_id}${query}`)).body;
  const texts = async (query = '') =>
    (await read(query)).messages.map(({ content }: { content: string }) => content);
  const prompt = () =>
    upstream.requests
      .at(-1)
      ?.body.messages.filter(({ role }) => role !== 'system')
      .map(({ content }) => content);

  test('an edit and another reply begin siblings, and each branch can be shown', async () => {
    await send({ message: 'one' }, 'a');
    await send({ message: 'two' }, 'b');
    const [one, a, two, b] = (await read()).messages;
    expect(one).toMatchObject({ parent_id: null, siblings: [one.id] });
    expect(two).toMatchObject({ parent_id: a.id, siblings: [two.id] });

    await send({ message: 'two!', parent_id: a.id }, 'c');
    expect(prompt()).toEqual(['one', 'a', 'two!']);
    const again = await send({ regenerate: a.id }, 'A');
    expect(again.body).toMatchObject({ reply: 'A' });
    expect(prompt()).toEqual(['one']);
    const { messages, version, head } = await read();
    expect(messages.map(({ content }: { content: string }) => content)).toEqual(['one', 'A']);
    expect(messages[1]).toMatchObject({ parent_id: one.id, siblings: [a.id, head] });
    expect(again.body.reply_id).toBe(head);

    const patch = (body: object) => api.call('PATCH', `/api/sessions/${session_id}`, body);
    expect((await patch({ head: two.id, version })).body).toMatchObject({ head: b.id });
    expect(await texts()).toEqual(['one', 'a', 'two', 'b']);
    expect((await patch({ head: two.id, version })).status).toBe(200);
    expectError(await patch({ head: head, version }), 409);
    expectError(await patch({ head: randomUUID() }), 404);
    expectError(await patch({ head: two.id, title: 'x' }), 400);
    expect(await texts('?branches=all')).toEqual(['one', 'a', 'two', 'b', 'two!', 'c', 'A']);
    const tree = (await read('?branches=all')).messages;
    expect(tree.at(-1)).toMatchObject({ parent_id: one.id });
    expect(await texts(`?before=${two.id}&limit=1`)).toEqual(['a']);
    for (const query of ['?branches=some', '?branches=all&limit=1'])
      expectError(await api.call('GET', `/api/sessions/${session_id}${query}`), 400);
    const exported = await api.call('GET', `/api/sessions/${session_id}/export`);
    expect(exported.body.messages.map(Object.keys)).toEqual(
      Array.from({ length: 4 }, () => ['role', 'content', 'tokens', 'created_at']),
    );
  });

  test('a send with a parent joins its turn by the key, streamed too', async () => {
    await send({ message: 'one' }, 'a');
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await send({ message: 'uno', parent_id: null }, 'b', key);
    const { text } = await api.stream({ session_id, message: 'uno', parent_id: null }, key);
    expect(text).toBe(first.body.reply);
    expectError(await send({ message: 'uno' }, 'c', key), 422);
    expect(await texts()).toEqual(['uno', 'b']);
    expect(upstream.requests).toHaveLength(2);
  });

  test('what was shown stays when another reply fails', async () => {
    await send({ message: 'one' }, 'a');
    const { head } = await read();
    upstream.behave(status(400));
    const failed = await api.call('POST', '/api/chat', { session_id, regenerate: head });
    expect(failed.status).toBe(500);
    expect(await read()).toMatchObject({ head, messages: [{}, { siblings: [head] }] });
  });

  test.each([
    { message: 'x', parent_id: 'unknown', status: 404 },
    { message: 'x', parent_id: '', status: 400 },
    { message: 'x', parent_id: 7, status: 400 },
    { message: 'x', parent_id: null, session_id: null, status: 400 },
    { regenerate: 'unknown', status: 404 },
    { regenerate: 7, status: 400 },
    { regenerate: 'x', message: 'y', status: 400 },
    { regenerate: 'x', session_id: null, status: 400 },
    { continue: 'x', regenerate: 'y', status: 400 },
  ])('refuses $regenerate $parent_id $message', async ({ status: code, ...body }) => {
    const refused = await api.call('POST', '/api/chat', { session_id, ...body });
    expectError(refused, code);
    expect(upstream.requests).toEqual([]);
  });

  test('a fork is a session of its own, once for each key', async () => {
    await send({ message: 'one' }, 'a');
    await send({ message: 'two' }, 'b');
    const { messages } = await read();
    const address = `/api/sessions/${session_id}/fork`;
    const body = { message_id: messages[1].id };
    const key = { 'Idempotency-Key': randomUUID() };
    const forked = await api.call('POST', address, body, key);
    expect(forked.status).toBe(201);
    expect((await api.call('POST', address, body, key)).body).toEqual(forked.body);
    const other = await api.call('POST', address, { message_id: messages[0].id }, key);
    expect(other.body.id).not.toBe(forked.body.id);
    const copy = (await api.call('GET', `/api/sessions/${forked.body.id}`)).body;
    expect(copy.messages).toMatchObject([{ content: 'one' }, { content: 'a' }]);
    await api.call('POST', '/api/chat', { session_id: copy.id, message: 'three' });
    expect(prompt()).toEqual(['one', 'a', 'three']);
    expect(await texts()).toEqual(['one', 'a', 'two', 'b']);

    const stranger = apiClient(app.url, OTHER_KEY);
    expectError(await stranger.call('POST', address, body), 404);
    expectError(await api.call('POST', address, { message_id: 'unknown' }), 404);
    expectError(await api.call('POST', address, {}), 400);
  });
});
