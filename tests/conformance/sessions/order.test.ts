import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { apiClient, OTHER_KEY, type ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';
import { stallAfter } from '../../upstream/upstream';

/** Tags, sorted lists, and many sessions in one call, as a client sees them. */
let deployment: Deployment;
let app: Instance;
let api: ApiClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), { CHAT_MEMORY_ENABLED: 'false' });
  app = await deployment.start();
  ({ api } = app);
});
afterAll(() => deployment.remove());
beforeEach(async () => {
  deployment.upstream.reset();
  await api.call('DELETE', '/api/sessions?everything=true');
});

const bulk = (body: object, as = api) => as.call('POST', '/api/sessions/bulk', body);
const titles = async (query = '') =>
  (await api.call('GET', `/api/sessions${query}`)).body.map(
    ({ title }: { title: string }) => title,
  );

test('tags are set, shown, counted, listed, and copied by a fork', async () => {
  const id = await api.createSession('One');
  await api.createSession('Two');
  const set = await api.call('PATCH', `/api/sessions/${id}`, {
    tags: [' a  trip ', 'A trip', 'é'],
  });
  expect(set.body.tags).toEqual(['a trip', 'é']);
  expect((await api.call('GET', `/api/sessions/${id}`)).body.tags).toEqual(['a trip', 'é']);
  expect(await titles('?tag=A%20TRIP')).toEqual(['One']);
  expect((await api.call('GET', '/api/tags')).body).toEqual({
    tags: [
      { tag: 'a trip', listed: 1, archived: 0 },
      { tag: 'é', listed: 1, archived: 0 },
    ],
  });
  const said = await api.call('POST', '/api/chat', { message: 'hello', session_id: id });
  const fork = { message_id: said.body.reply_id };
  expect((await api.call('POST', `/api/sessions/${id}/fork`, fork)).body.tags).toHaveLength(2);
  const cleared = await api.call('PATCH', `/api/sessions/${id}`, { tags: [] });
  expect(cleared.body).not.toHaveProperty('tags');
});

test('a memory says that this deployment uses none', async () => {
  const id = await api.createSession();
  const memory = await api.call('PUT', `/api/sessions/${id}/memory`, { memory: '- tea' });
  expect(memory.body).toMatchObject({ memory: '- tea', enabled: true, available: false });
});

test.each([
  ['tags', { tags: ['x'.repeat(41)] }],
  ['tags', { tags: Array.from({ length: 11 }, (_, n) => `t${String(n)}`) }],
  ['tags', { tags: 'x' }],
  ['tags', { tags: [' '] }],
])('%s that are none are refused: %j', async (field, body) => {
  const id = await api.createSession();
  const refused = await api.call('PATCH', `/api/sessions/${id}`, body);
  expectError(refused, 400);
  expect(refused.body.details[0].loc[0]).toBe(field);
});

test('the list is sorted and filtered, and the next page keeps both', async () => {
  const [b, a, c] = [
    await api.createSession('b'),
    await api.createSession('A'),
    await api.createSession('c'),
  ];
  await bulk({ ids: [a, b, c], action: 'tag', add: ['x'] });
  await bulk({ ids: [b], action: 'pin' });
  expect(await titles('?sort=title')).toEqual(['A', 'b', 'c']);
  expect(await titles('?sort=created')).toEqual(['c', 'A', 'b']);
  expect(await titles('?sort=title&pinned=0')).toEqual(['A', 'c']);
  const first = await api.call('GET', '/api/sessions?sort=title&tag=x&limit=2');
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  expect((await api.call('GET', next)).body).toMatchObject([{ title: 'c', tags: ['x'] }]);
  expect(await titles('?model=nobody')).toEqual([]);
  for (const wrong of [
    'sort=size',
    'tag=',
    'model=',
    'pinned=2',
    'pinned=1&archived=1',
    'sort=title&cursor=x',
  ])
    expectError(await api.call('GET', `/api/sessions?${wrong}`), 400);
});

test('many sessions change in one call, each with its own result', async () => {
  const ids = [await api.createSession('one'), await api.createSession('two'), randomUUID()];
  const results = (await bulk({ ids: [...ids, ids[0]], action: 'archive' })).body.results;
  expect(results).toEqual([
    { id: ids[0], result: 'done' },
    { id: ids[1], result: 'done' },
    { id: ids[2], result: 'not-found' },
  ]);
  expect(await titles('?archived=1')).toHaveLength(2);
  const again = await bulk({ ids: ids.slice(0, 1), action: 'archive' });
  expect(again.body.results).toEqual([{ id: ids[0], result: 'unchanged' }]);
  const other = apiClient(app.url, OTHER_KEY);
  const foreign = await bulk({ ids: ids.slice(0, 2), action: 'delete' }, other);
  expect(foreign.body.results).toMatchObject([{ result: 'not-found' }, { result: 'not-found' }]);
  await bulk({ ids, action: 'delete' });
  expect(await titles('?deleted=1')).toHaveLength(2);
  await bulk({ ids: ids.slice(0, 1), action: 'delete-permanently' });
  await bulk({ ids: ids.slice(1), action: 'restore' });
  expect(await titles('?deleted=1')).toEqual([]);
  expect(await titles('?archived=1')).toEqual(['two']);
});

test.each([
  [{ ids: [], action: 'pin' }],
  [{ ids: Array.from({ length: 201 }, () => randomUUID()), action: 'pin' }],
  [{ ids: ['x'], action: 'explode' }],
  [{ ids: ['x'], action: 'tag' }],
  [{ ids: 'x', action: 'pin' }],
  [{ action: 'pin' }],
])('a bulk call that makes no sense is refused (%#)', async (body) => {
  expectError(await bulk(body), 400);
});

test('deleting many stops their running turns', async () => {
  deployment.upstream.behave(stallAfter('Once'));
  const id = await api.createSession();
  const sent = await api.fetch('/api/chat/stream', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message: 'a story', session_id: id }),
  });
  await bulk({ ids: [id, await api.createSession()], action: 'delete' });
  expect(await sent.text()).toContain('"stopped"');
});

test('some sessions are exported in one file, in both formats; an unknown one is 404', async () => {
  const ids = [await api.createSession('One'), await api.createSession('Two')];
  await api.createSession('Three');
  const file = (await api.call('GET', `/api/export?ids=${ids.join(',')}`)).body;
  expect(file.sessions.map(({ title }: { title: string }) => title)).toEqual(['One', 'Two']);
  const markdown = await api.call('GET', `/api/export?format=md&ids=${String(ids[1])}`);
  expect(markdown.text).toContain('Two');
  expect(markdown.text).not.toContain('One');
  expectError(await api.call('GET', `/api/export?ids=${String(ids[0])},${randomUUID()}`), 404);
  expectError(await api.call('GET', '/api/export?ids='), 404);
});
