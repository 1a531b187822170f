/** How the log identifies callers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { API_KEYS } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

type Headers = Record<string, string>;

let deployment: Deployment;
let app: Instance;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({ TRUSTED_PROXIES: '1' });
});
afterAll(() => deployment.remove());

test('the log has keyed hashes that distinguish callers, the name of a key, and no address', async () => {
  const from = (address: string, path: string, headers: Headers = {}) =>
    fetch(app.url + path, { headers: { 'X-Forwarded-For': address, ...headers } });
  const first = await from('198.51.100.1', '/');
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  await from('198.51.100.1', '/s', { cookie });
  await from('198.51.100.2', '/api/sessions', { cookie });
  const [name, key] = API_KEYS.split(',')[0]?.split(':') ?? [];
  await from('198.51.100.2', '/api/models', { Authorization: `Bearer ${key ?? ''}` });
  await from('198.51.100.2', '/api/page', { Authorization: 'Bearer wrong' });
  const line = async (path: string) => {
    const of = () => app.logged().find((each) => each['path'] === path);
    await expect.poll(of).toBeDefined();
    return of() ?? {};
  };
  const [page, list, read, keyed, guessed] = [
    await line('/'),
    await line('/s'),
    await line('/api/sessions'),
    await line('/api/models'),
    await line('/api/page'),
  ];
  expect(page['owner_hash']).toMatch(/^[\w-]{12}$/);
  expect([list['owner_hash'], read['owner_hash']]).toEqual([
    page['owner_hash'],
    page['owner_hash'],
  ]);
  expect(list['address_hash']).toBe(page['address_hash']);
  expect(read['address_hash']).not.toBe(page['address_hash']);
  expect(keyed).toMatchObject({ key: name, address_hash: read['address_hash'] });
  expect(guessed).toMatchObject({ error: 'unauthenticated', address_hash: read['address_hash'] });
  expect(app.lines.join('\n')).not.toContain('198.51.100');
  expect(app.lines.join('\n')).not.toContain(key);
});

test('when two turns are sent with one request id, header, body and log agree for each', async () => {
  const id = { 'X-Request-ID': 'twice' };
  deployment.upstream.reset();
  const plain = await app.api.call('POST', '/api/chat', { message: 'one' }, id);
  expect([plain.headers.get('x-request-id'), plain.body.request_id]).toEqual(['twice', 'twice']);
  const again = await app.api.call('POST', '/api/chat', { message: 'two' }, id);
  const streamed = await app.api.stream({ message: 'three' }, id);
  const ids = [again.body.request_id, streamed.frames[0]?.request_id];
  expect(ids).not.toContain('twice');
  expect([again.headers.get('x-request-id'), streamed.headers.get('x-request-id')]).toEqual(ids);
  const logged = (event: string) =>
    app
      .logged()
      .filter((line) => line['event'] === event && line['method'] !== 'GET')
      .map((line) => line['request_id']);
  await expect.poll(() => logged('http.access')).toEqual(['twice', ...ids]);
  expect(logged('turn.started')).toEqual(['twice', ...ids]);
});

test('LOG_ADDRESSES logs addresses; trusting too many proxies is logged once', async () => {
  const other = await deployment.start({ TRUSTED_PROXIES: '2', LOG_ADDRESSES: 'true' });
  for (const path of ['/', '/api/sessions', '/%ff'])
    await fetch(other.url + path, { headers: { 'X-Forwarded-For': '2001:db8::1' } });
  const addresses = () =>
    other.logged().flatMap(({ event, address }) => (event === 'http.access' ? [address] : []));
  await expect.poll(addresses).toEqual(Array(3).fill('2001:db8:0:0::/64'));
  const said = other.logged().filter(({ event }) => event === 'proxy.overcounted');
  expect(said).toHaveLength(1);
});
